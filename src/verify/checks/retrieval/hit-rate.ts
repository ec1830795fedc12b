import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { depth, relevantIds, withRanking } from './relevance.ts';

export const hitRate = defineCheck({
  id: 'hit_rate',
  passes: 'A relevant document is among the first k.',
  params: bounded({ relevant: relevantIds, k: depth }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'hit rate at k: 1 where any of the first k is relevant',
  example: { relevant: ['doc-7'], k: 5, min: 1 },
  ask: (subject, { relevant, k, ...limits }) =>
    withRanking(subject, relevant, k, (hits, quotes) => {
      return within(hits.includes(true) ? 1 : 0, limits, 'the hit rate is', quotes);
    }),
});
