import type { Embedder } from '../contract/embedder.ts';
import { callOf, traceScorer } from '../learn/learn.ts';
import type { GuardModel } from './guard-model.ts';
import type { Ask } from './prepared-rules.ts';

/** What a learned model suspects is flagged, never blocked: it says how likely, not what failed. */
export function learnedRule({ model, above }: GuardModel, embedder: Embedder): Ask {
  const score = traceScorer(model, embedder);
  const { bounds, card } = model;
  return {
    check: 'learned',
    ask: async (trace) => {
      if (trace.output === '') return null;
      const { p } = await score(trace);
      const isSuspect =
        above === null ? bounds !== null && callOf(p, bounds) === 'suspect' : p >= above;
      if (!isSuspect) return null;
      const quote = trace.output.slice(0, 200);
      const imitates = card.source.kind === 'judge' ? `, imitates judge ${card.source.name}` : '';
      return {
        by: 'learned',
        check: 'learned',
        category: 'suspect',
        action: 'flag',
        reason: `suspect, p = ${p.toFixed(2)}${imitates}`,
        evidence: [{ spanId: null, path: '/output', quote }],
      };
    },
  };
}
