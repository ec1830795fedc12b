import type { AnswerUsage, Target } from '../contract/eval-target.ts';
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

/**
 * Sends attempts to their targets: paced, with recorded tool results, and again where the target was not reached. Where
 * a target asks to wait, every call of it waits.
 */
export function sender(
  { target, baseline, server, clock }: Senders,
  { retries, rate, toolResults }: Pick<EvalOptions, 'retries' | 'rate' | 'toolResults'>,
): Send {
  const turn = pace(rate ?? null, clock);
  /** Until when a target asked to wait, in epoch milliseconds. */
  const waits = new Map<Target, number>();
  return async (planned, request, { takeCall, signal }) => {
    const asked = planned.arm === 'candidate' ? target : baseline;
    if (asked === null) throw new Error('a kept run is not asked again');
    const mode = toolResults ?? (asked.record.kind === 'model' ? 'fifo' : 'live');
    const myTurn = async (): Promise<void> => {
      await turn(signal);
      for (;;) {
        const wait = (waits.get(asked) ?? 0) - clock.now();
        if (wait <= 0) return;
        await clock.pause(wait, signal);
      }
    };
    let startedAt = clock.now();
    let failure: Failure | null = null;
    let used: AnswerUsage = { tokens: 0, dollars: 0 };
    let replay: ReturnType<typeof replayed> = null;
    const once = async (): Promise<Attempt<Answer, Failure>> => {
      if (failure !== null && !takeCall())
        return { kind: 'failed', failure: { ...failure, retryable: false } };
      await myTurn();
      startedAt = clock.now();
      replay = replayed(planned, mode);
      const address = replay === null ? null : (server?.open(replay, request.tools) ?? null);
      try {
        const answer = await asked.ask(request, {
          ...{ signal, toolsUrl: address?.url ?? null, replay },
          takeCall: async () => {
            if (!takeCall()) return false;
            await myTurn();
            return true;
          },
        });
        used = plus(used, answer.usage ?? UNKNOWN);
        if (answer.kind === 'answered') return { kind: 'done', value: answer };
        const retryAfterMs = answer.retryAfterMs ?? null;
        if (retryAfterMs !== null)
          waits.set(asked, Math.max(waits.get(asked) ?? 0, clock.now() + retryAfterMs));
        failure = { ...answer, retryable: answer.isInfrastructure, retryAfterMs };
        return { kind: 'failed', failure };
      } finally {
        address?.close();
      }
    };
    const result = await withRetries(once, { attempts: retries + 1, clock, signal });
    // Calls of a model have no other way; whatever else never asked ran its own tools.
    const last = replay as ReturnType<typeof replayed>;
    const wasReplayed = last !== null && (asked.record.kind === 'model' || last.wasAsked());
    return {
      answer: result.kind === 'done' ? result.value : result.failure,
      ...{ tries: result.attempts, usage: used, latencyMs: clock.now() - startedAt },
      replay: wasReplayed ? last.report() : null,
    };
  };
}

const UNKNOWN: AnswerUsage = { tokens: null, dollars: null };

const plus = (sum: AnswerUsage, more: AnswerUsage): AnswerUsage => ({
  tokens: sum.tokens === null || more.tokens === null ? null : sum.tokens + more.tokens,
  dollars: sum.dollars === null || more.dollars === null ? null : sum.dollars + more.dollars,
});
