import type { JsonObject } from '../../contract/json.ts';
import type { EndpointFailure } from '../endpoint/endpoint-failure.ts';
import type { Attempt } from '../endpoint/retry.ts';

export interface ChatPrompt {
  readonly system: string;
  readonly user: string;
  /** JSON Schema of the answer. */
  readonly schema: JsonObject;
  readonly maxTokens: number;
}

/** Why a text is not a complete answer. */
export type ChatFault = 'cut' | 'filtered' | 'empty';

export interface ChatAnswer {
  readonly text: string;
  /** Why the text is not a complete answer; null if it is. */
  readonly fault: ChatFault | null;
  /** As billed; null if the endpoint does not report it. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** `takeCall` is asked before each request but the first whether it may be made. */
export type ChatRequest = (
  prompt: ChatPrompt,
  signal?: AbortSignal,
  takeCall?: () => boolean,
) => Promise<Attempt<ChatAnswer, EndpointFailure>>;
