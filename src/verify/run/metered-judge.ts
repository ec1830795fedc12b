import type { AnswerUsage } from '../../contract/eval-target.ts';
import type { Judge } from '../../contract/judge.ts';

/** A judge that stops with the signal and adds up what it took: null while it was not asked, null in a part that it does not know. */
export function meteredJudge(
  judge: Judge,
  signal: AbortSignal,
): {
  readonly judge: Judge;
  readonly usage: () => AnswerUsage | null;
} {
  let used: AnswerUsage | null = null;
  return {
    judge: {
      id: judge.id,
      ask: async (questions, options) => {
        const answers = await judge.ask(questions, { ...options, signal });
        const { inputTokens, outputTokens, cost } = answers;
        const before: AnswerUsage = used ?? { tokens: 0, dollars: 0 };
        used = {
          tokens: plus(before.tokens, plus(inputTokens, outputTokens)),
          dollars: plus(before.dollars, cost),
        };
        return answers;
      },
    },
    usage: () => used,
  };
}

const plus = (sum: number | null, more: number | null): number | null =>
  sum === null || more === null ? null : sum + more;
