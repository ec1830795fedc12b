/** Where work stands whose record is kept: a session, a comparison, a narrative. */
export const WORK_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type WorkState = (typeof WORK_STATES)[number];

/** Only what work may become from where it is: what was cancelled does not end as done. Times are epoch milliseconds. */
export type WorkEnd<Result> =
  | { readonly state: 'running'; readonly started: number }
  | { readonly state: 'done'; readonly ended: number; readonly result: Result }
  | {
      readonly state: 'failed';
      readonly ended: number;
      readonly error: { readonly code: string; readonly message: string };
    }
  | { readonly state: 'cancelled'; readonly ended: number };
