import type { GuardAnswer, GuardReport } from '../../contract/guard.ts';
import type { GuardDefinition } from '../../contract/guard-definition.ts';

/** What the thread of guards is asked; each answer names the `id` of its question, and answers may overtake each other. */
export type GuardRequest = { readonly id: number } & (
  | { readonly kind: 'open'; readonly guards: GuardDefinitions }
  | ({ readonly kind: 'ask' } & GuardQuestion)
  | { readonly kind: 'report'; readonly project: string }
);

export type GuardDefinitions = Readonly<Record<string, GuardDefinition>>;

export interface GuardQuestion {
  readonly project: string;
  /** Name of the guard. */
  readonly guard: string;
  /** A request or an answer: any record that `analyze` takes as a line. */
  readonly record: object;
  /** When it came, as `sharedClock` tells. */
  readonly since: number;
}

export type GuardReply = { readonly id: number } & (
  | { readonly kind: 'opened' }
  | { readonly kind: 'answered'; readonly answer: GuardAnswer }
  | { readonly kind: 'reported'; readonly reports: readonly NamedReport[] }
  /** `isInput`: of whoever asks. */
  | { readonly kind: 'failed'; readonly reason: string; readonly isInput: boolean }
);

export interface NamedReport {
  readonly name: string;
  readonly report: GuardReport;
}

/** Milliseconds, the same on every thread of the process; they never go back. */
export const sharedClock = (): number => performance.timeOrigin + performance.now();

/** The module that the thread runs. */
export function guardWorkerModule(): URL {
  const file = import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js';
  return new URL(`./${file}`, import.meta.url);
}
