import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { depth, hitCount, relevantIds, withRanking } from './relevance.ts';

export const precisionAtK = defineCheck({
  id: 'precision_at_k',
  passes: 'Enough of the first k documents are relevant.',
  params: bounded({ relevant: relevantIds, k: depth }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'precision at k as in trec_eval: relevant ones ÷ k, also where fewer were retrieved',
  example: { relevant: ['doc-7', 'doc-9'], k: 5, min: 0.4 },
  ask: (subject, { relevant, k, ...limits }) =>
    withRanking(subject, relevant, k, (hits, quotes) => {
      const at = k ?? hits.length;
      return within(at === 0 ? 0 : hitCount(hits) / at, limits, 'the precision is', quotes);
    }),
});
