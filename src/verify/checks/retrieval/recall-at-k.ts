import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { depth, hitCount, relevantIds, withRanking } from './relevance.ts';

export const recallAtK = defineCheck({
  id: 'recall_at_k',
  passes: 'Enough of the relevant documents are among the first k.',
  params: bounded({ relevant: relevantIds, k: depth }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'recall at k as in trec_eval',
  example: { relevant: ['doc-7', 'doc-9'], k: 10, min: 1 },
  ask: (subject, { relevant, k, ...limits }) =>
    withRanking(subject, relevant, k, (hits, quotes) => {
      const all = new Set(relevant).size;
      return within(hitCount(hits) / all, limits, 'the recall is', quotes);
    }),
});
