import type { Json } from './json.ts';

/** How a call finds its recorded result: the next one of its tool, or the next one with the same arguments too. */
export const REPLAY_MODES = ['fifo', 'strict'] as const;
export type ReplayMode = (typeof REPLAY_MODES)[number];

/** What a tool answers from its recording. */
interface ToolAnswer {
  readonly result: string;
  readonly isError: boolean;
}

/** How recorded results were used. */
interface ReplayReport {
  /** Recorded results that were not asked for. */
  readonly unused: number;
  /** Calls whose arguments differ from the recorded ones. */
  readonly different: number;
  /** Index of the first call that has no recording; null where all have one. */
  readonly divergedAt: number | null;
}

/** The recorded tool results of one attempt, handed out call by call. */
export interface Replay {
  readonly call: (name: string, args: Json) => ToolAnswer;
  /** Whether any call was made. */
  readonly wasAsked: () => boolean;
  readonly report: () => ReplayReport;
}
