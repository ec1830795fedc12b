import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { depth, relevantIds, withRanking } from './relevance.ts';

export const ndcg = defineCheck({
  id: 'ndcg',
  passes: 'Relevant documents stand high enough, the top counted most.',
  params: bounded({ relevant: relevantIds, k: depth }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'nDCG (Järvelin, Kekäläinen 2002) with gains 0 and 1 and the discount 1 ÷ log2(place + 1)',
  example: { relevant: ['doc-7', 'doc-9'], k: 10, min: 0.7 },
  ask: (subject, { relevant, k, ...limits }) =>
    withRanking(subject, relevant, k, (hits, quotes) => {
      const gain = (places: readonly boolean[]): number =>
        places.reduce((sum, isHit, index) => sum + (isHit ? 1 / Math.log2(index + 2) : 0), 0);
      const most = Math.min(new Set(relevant).size, k ?? Number.POSITIVE_INFINITY);
      const ideal = gain(Array.from({ length: most }, () => true));
      return within(gain(hits) / ideal, limits, 'nDCG is', quotes);
    }),
});
