import type { JsonObject } from '../../../contract/json.ts';
import type { LabelBudget } from '../../../contract/label-model.ts';
import type { Narrative } from '../../../contract/narrative.ts';
import type { JobError } from '../jobs/job-queue.ts';
import type { WorkEnd, WorkState } from '../kept-work.ts';

/** What the label model said of a cause, and what became of the last time it was asked. One for each cause. */
export interface StoredNarrative {
  readonly project: string;
  readonly cause: string;
  readonly state: WorkState;
  /** Who asked last. */
  readonly by: string;
  /** When; epoch milliseconds. */
  readonly asked: number;
  /** Null until the question has ended. */
  readonly ended: number | null;
  /** Whether what may have been charged without an answer is asked again. */
  readonly asksAgain: boolean;
  /** Why the last question has no answer. */
  readonly error: JobError | null;
  /** The last that held, also while another is asked for or after it failed. */
  readonly narrative: Narrative | null;
  /** When it was given; epoch milliseconds. */
  readonly told: number | null;
  /** Ids of the traces that it was made from. */
  readonly traces: readonly string[];
}

/** What asking about a cause came to. */
export type NarrativeTold =
  | { readonly narrative: Narrative; readonly traces: readonly string[] }
  | { readonly narrative: null; readonly error: JobError };

/** A call before it is made. */
interface WantedLabelCall {
  readonly project: string;
  /** Hash of its content: the same content has the same key. */
  readonly key: string;
  /** US dollars that it takes at most; null without a price. */
  readonly worst: number | null;
  readonly asksAgain: boolean;
}

type Reservation =
  | { readonly kind: 'taken'; readonly id: number }
  /** It was answered before; null: by what cannot be used. */
  | { readonly kind: 'kept'; readonly answer: JsonObject | null }
  /** It was made before, had no answer, and may have been charged. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'over'; readonly why: string };

/** `dollars`: null keeps what was set aside. */
type LabelCallEnd =
  | {
      readonly state: 'answered';
      readonly answer: JsonObject | null;
      readonly dollars: number | null;
    }
  /** Nothing was charged. */
  | { readonly state: 'refused' }
  /** It may have been charged: what was set aside stays spent. */
  | { readonly state: 'unclear' };

/** What the label model said of the causes of projects, and every call that it was paid for. */
export interface NarrativeStore {
  of(project: string): Promise<readonly StoredNarrative[]>;
  find(project: string, cause: string): Promise<StoredNarrative | null>;
  /** Has a cause wait for the label model; joins what waits or runs. */
  request(project: string, cause: string, by: string, now: number): Promise<StoredNarrative>;
  /** The one that runs, or that has waited for the longest. */
  next(project: string): Promise<StoredNarrative | null>;
  /** False where it has ended, or is not there. */
  move(project: string, cause: string, to: WorkEnd<NarrativeTold>): Promise<boolean>;
  /** Forgets what was said of causes, and every answer that is kept of the project. */
  forget(project: string, causes: readonly string[]): Promise<void>;
  /**
   * Sets a call aside if the budget of all projects allows it and its content was not asked before. It counts as spent until
   * it is settled, and for ever where the process ends before.
   */
  reserve(call: WantedLabelCall, budget: LabelBudget, now: number): Promise<Reservation>;
  settle(id: number, end: LabelCallEnd): Promise<void>;
}

/** Why a call does not fit a budget; null where it does. */
export function overBudget(
  spent: { readonly calls: number; readonly dollars: number },
  worst: number | null,
  { callsPerDay, dollarsPerDay }: LabelBudget,
): string | null {
  if (spent.calls + 1 > callsPerDay)
    return `the budget of ${callsPerDay} ${callsPerDay === 1 ? 'call' : 'calls'} a day is used up`;
  if (dollarsPerDay !== null && spent.dollars + (worst ?? 0) > dollarsPerDay)
    return `$${amount(spent.dollars)} of the $${dollarsPerDay} a day are used, and this call may take $${amount(worst ?? 0)}`;
  return null;
}

const amount = (dollars: number): string => String(Number(dollars.toPrecision(3)));

/** Milliseconds for which calls are kept: longer than a budget counts, so that the same content is not paid for again. */
export const LABEL_CALLS_KEPT = 30 * 86_400_000;
