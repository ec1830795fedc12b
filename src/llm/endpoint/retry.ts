import type { Clock } from './clock.ts';

export interface RetryOptions {
  /** Total attempts. */
  readonly attempts: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

export type Attempt<Value, Failure> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'failed'; readonly failure: Failure };

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** If an endpoint asks for a longer pause, the run ends instead of hanging. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * Runs `attempt` until it succeeds, fails permanently, or the attempts are used up. Pauses 0.5 s, 1 s, 2 s, … up to
 * 30 s between attempts, or as long as the endpoint asks if that is longer; over two minutes it gives up.
 */
export async function withRetries<
  Value,
  Failure extends { readonly retryable: boolean; readonly retryAfterMs: number | null },
>(
  attempt: () => Promise<Attempt<Value, Failure>>,
  { attempts, clock, signal }: RetryOptions,
): Promise<Attempt<Value, Failure> & { readonly attempts: number }> {
  for (let made = 1; ; made++) {
    const result = await attempt();
    if (result.kind === 'done' || !result.failure.retryable || made >= attempts) {
      return { ...result, attempts: made };
    }
    const asked = result.failure.retryAfterMs ?? 0;
    if (asked > LONGEST_RETRY_AFTER_MS) return { ...result, attempts: made };
    const backOff = Math.min(FIRST_PAUSE_MS * 2 ** (made - 1), LONGEST_PAUSE_MS);
    await clock.pause(Math.max(backOff, asked), signal);
  }
}
