import type { Target } from '../contract/eval-target.ts';
import type { Clock } from '../llm/endpoint/clock.ts';
import { pace } from '../llm/endpoint/pace.ts';
import { type Attempt, withRetries } from '../llm/endpoint/retry.ts';
import type { Send } from '../verify/verify.ts';
import type { EvalOptions } from './eval-options.ts';

type Answer = Awaited<ReturnType<Target['ask']>>;
type Failed = Extract<Answer, { kind: 'failed' }>;

/** Sends attempts to their targets: paced, and tried again where the target was not reached. */
export function sender(
  targets: { readonly target: Target; readonly baseline: Target | null },
  { retries, rate }: Pick<EvalOptions, 'retries' | 'rate'>,
  clock: Clock,
): Send {
  const turn = pace(rate ?? null, clock);
  return async ({ arm }, request, { takeCall, signal }) => {
    const target = arm === 'candidate' ? targets.target : targets.baseline;
    if (target === null) throw new Error('a kept run is not asked again');
    let startedAt = clock.now();
    let isFirst = true;
    let last: Failed | null = null;
    const result = await withRetries<
      Answer,
      Failed & { retryable: boolean; retryAfterMs: number | null }
    >(
      async (): Promise<
        Attempt<Answer, Failed & { retryable: boolean; retryAfterMs: number | null }>
      > => {
        if (!isFirst && last !== null && !takeCall())
          return { kind: 'failed', failure: { ...last, retryable: false, retryAfterMs: null } };
        isFirst = false;
        await turn(signal);
        startedAt = clock.now();
        const answer = await target.ask(request, { signal, toolsUrl: null });
        if (answer.kind === 'answered') return { kind: 'done', value: answer };
        last = answer;
        const { isInfrastructure: retryable, retryAfterMs = null } = answer;
        return { kind: 'failed', failure: { ...answer, retryable, retryAfterMs } };
      },
      { attempts: retries + 1, clock, signal },
    );
    const answer = result.kind === 'done' ? result.value : result.failure;
    return { answer, tries: result.attempts, latencyMs: clock.now() - startedAt, replay: null };
  };
}
