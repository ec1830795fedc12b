import type { JsonObject } from './json.ts';

/** What a model is asked to propose. */
export interface ProposalPrompt {
  /** Names the instructions and their version: `narrative 1`. Every call is recorded with it. */
  readonly version: string;
  /** Instructions to the model; trusted. */
  readonly system: string;
  /** The material to look at; untrusted, already bounded and delimited. */
  readonly user: string;
  /** JSON Schema of the answer, an object whose properties are all required. */
  readonly schema: JsonObject;
  /** Tokens that an answer may have; the endpoint ends it there. */
  readonly maxTokens: number;
}

/** Why no answer came. `budget`: the call would not fit; `unclear`: an earlier call with this content may have been charged. */
type NoAnswer = 'budget' | 'unclear' | 'unusable' | 'failed';

/** What came of asking. An answer is not checked against the schema. */
export type Proposed =
  | { readonly kind: 'answered'; readonly answer: JsonObject }
  | { readonly kind: 'none'; readonly code: NoAnswer; readonly why: string };

/** A model that proposes. Whatever it says is checked by code before anybody sees it. */
export interface Proposer {
  /** Model and address, part of every record. */
  readonly id: string;
  /** Failures are values; only an abort of `signal` throws. */
  ask(prompt: ProposalPrompt, signal?: AbortSignal): Promise<Proposed>;
}
