import type { Json, JsonObject } from './json.ts';

/** A model that answers structured questions about a text. */
export interface Judge {
  /** Stable name with address, part of every run's record. */
  readonly id: string;
  /** Same questions, same answers, as far as the model allows; kept answers are not asked for again. */
  ask(questions: readonly Question[], options?: JudgeOptions): Promise<Answers>;
}

/** One text, and items asked about it together. Each item has an answer of its own. */
export interface Question {
  /** Instructions to the model; trusted. */
  readonly instructions: string;
  /** What it is asked about; untrusted, already bounded and delimited. */
  readonly material: string;
  readonly items: readonly string[];
  /** JSON Schema of an item's answer: an object whose properties are all required. */
  readonly answer: JsonObject;
}

export interface JudgeOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (done: number, total: number) => void;
  /** Whether an answer says what was asked; one that does not is asked for again and never kept. Default: all do. */
  readonly isUsable?: (answer: JsonObject) => boolean;
}

export interface Answers {
  /** By question, by item: what the model answered, checked by `isUsable` and not against the schema; null where nothing usable came. */
  readonly answers: readonly (readonly (Json | null)[])[];
  /** Tokens that these answers took when they were asked for, now or in an earlier run; null when the endpoint did not say. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars; null when price or tokens are not known. */
  readonly cost: number | null;
}
