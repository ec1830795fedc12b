import type { Target } from '../contract/eval-target.ts';
import type { Clock } from '../llm/endpoint/clock.ts';
import { pace } from '../llm/endpoint/pace.ts';
import { type Attempt, withRetries } from '../llm/endpoint/retry.ts';
import type { ToolServer } from '../platform/target/tool-server.ts';
import { replayed, type Send } from '../verify/verify.ts';
import type { EvalOptions } from './eval-options.ts';

type Answer = Awaited<ReturnType<Target['ask']>>;
type Failure = Extract<Answer, { kind: 'failed' }> & {
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
};

export interface Senders {
  readonly target: Target;
  /** Null without a baseline, and for a kept run, whose attempts are there. */
  readonly baseline: Target | null;
  /** Serves recorded tool results; null where tools are live. */
  readonly server: ToolServer | null;
  readonly clock: Clock;
}

/** Sends attempts to their targets: paced, with recorded tool results, and again where the target was not reached. */
export function sender(
  { target, baseline, server, clock }: Senders,
  { retries, rate, toolResults }: Pick<EvalOptions, 'retries' | 'rate' | 'toolResults'>,
): Send {
  const turn = pace(rate ?? null, clock);
  return async (planned, request, { takeCall, signal }) => {
    const asked = planned.arm === 'candidate' ? target : baseline;
    if (asked === null) throw new Error('a kept run is not asked again');
    const mode = toolResults ?? (asked.record.kind === 'model' ? 'fifo' : 'live');
    let startedAt = clock.now();
    let last: Failure | null = null;
    let replay: ReturnType<typeof replayed> = null;
    const once = async (): Promise<Attempt<Answer, Failure>> => {
      if (last !== null && !takeCall())
        return { kind: 'failed', failure: { ...last, retryable: false } };
      await turn(signal);
      startedAt = clock.now();
      replay = replayed(planned, mode);
      const address = replay === null ? null : (server?.open(replay, request.tools) ?? null);
      try {
        const answer = await asked.ask(request, { signal, toolsUrl: address?.url ?? null, replay });
        if (answer.kind === 'answered') return { kind: 'done', value: answer };
        last = {
          ...answer,
          retryable: answer.isInfrastructure,
          retryAfterMs: answer.retryAfterMs ?? null,
        };
        return { kind: 'failed', failure: last };
      } finally {
        address?.close();
      }
    };
    const result = await withRetries(once, { attempts: retries + 1, clock, signal });
    const answer = result.kind === 'done' ? result.value : result.failure;
    const used = (replay as ReturnType<typeof replayed>)?.report() ?? null;
    return { answer, tries: result.attempts, latencyMs: clock.now() - startedAt, replay: used };
  };
}
