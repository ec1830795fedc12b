import type { Clock } from './clock.ts';
import { type EndpointFailure, endpointFailure } from './endpoint-failure.ts';
import type { Attempt } from './retry.ts';

export interface AttemptSettings {
  readonly url: string;
  readonly model: string;
  /** Never shown, whatever the endpoint answers. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Makes one request of the client library with a timeout. Failures are values; only an abort of `signal` throws. */
export async function oneAttempt<Value>(
  { url, model, secrets, timeoutMs, clock }: AttemptSettings,
  signal: AbortSignal | undefined,
  send: (signal: AbortSignal) => PromiseLike<Attempt<Value, EndpointFailure>>,
): Promise<Attempt<Value, EndpointFailure>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await send(signal === undefined ? timeout : AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal?.throwIfAborted();
    const failure = endpointFailure(error, { url, model }, clock.now(), secrets);
    if (!timeout.aborted) return { kind: 'failed', failure };
    const detail = `no answer within ${timeoutMs / 1000} s`;
    return { kind: 'failed', failure: { ...failure, detail, retryable: true } };
  }
}
