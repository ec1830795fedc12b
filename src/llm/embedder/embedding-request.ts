import type { EndpointFailure } from '../endpoint/endpoint-failure.ts';
import type { Attempt } from '../endpoint/retry.ts';

interface EndpointAnswer {
  /** One unit vector per text, in order. */
  readonly vectors: readonly Float32Array[];
  /** As billed; null if the endpoint does not report it. */
  readonly tokens: number | null;
}

export type EmbeddingRequest = (
  texts: readonly string[],
  signal?: AbortSignal,
) => Promise<Attempt<EndpointAnswer, EndpointFailure>>;
