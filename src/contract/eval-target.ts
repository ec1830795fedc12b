import type { TargetRecord } from './eval-run.ts';
import type { Replay } from './replay.ts';
import type { Document, Message, ToolDefinition, Trace } from './trace.ts';

/** What a target is given: the case without its checks and without the recorded answer. */
export interface AttemptRequest {
  readonly cause: string;
  readonly case: string;
  /** From 0. */
  readonly repeat: number;
  /** Differs between cases and repeats, and is the same for candidate and baseline. */
  readonly seed: number;
  /** The last request of the user. */
  readonly input: string;
  /** The conversation up to that request. */
  readonly messages: readonly Message[];
  readonly tools: readonly ToolDefinition[];
  readonly documents: readonly Document[];
}

/** What an answer took; null where the target does not say. */
export interface AnswerUsage {
  readonly tokens: number | null;
  readonly dollars: number | null;
}

/** A target's answer, or the reason it gave no answer. */
export type TargetAnswer =
  | { readonly kind: 'answered'; readonly trace: Trace; readonly usage: AnswerUsage }
  | {
      readonly kind: 'failed';
      /** Stable word: the same failure has the same code. */
      readonly code: string;
      readonly message: string;
      /** The target was not reached, so trying again may help; a wrong answer is never tried again. */
      readonly isInfrastructure: boolean;
      /** Milliseconds that the target asks to wait; null where it does not. */
      readonly retryAfterMs?: number | null;
      /** What it took all the same. Default: unknown. */
      readonly usage?: AnswerUsage;
    };

/** What a target may use beside the case. */
export interface AttemptContext {
  readonly signal: AbortSignal;
  /** Where recorded tool results are served for this attempt; null where tools are live. */
  readonly toolsUrl: string | null;
  /** The same results, for targets in this process. */
  readonly replay: Replay | null;
  /**
   * Has to be awaited before each call after the first, by targets that make several: waits for its turn, and is false
   * where the budget allows no more calls.
   */
  readonly takeCall: () => Promise<boolean>;
}

/** What is tested. */
export interface Target {
  readonly record: TargetRecord;
  /**
   * Makes one attempt. Failures are values; only an abort of `signal` throws.
   */
  readonly ask: (request: AttemptRequest, context: AttemptContext) => Promise<TargetAnswer>;
}
