import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { depth, relevantIds, withRanking } from './relevance.ts';

export const averagePrecision = defineCheck({
  id: 'average_precision',
  passes: 'Relevant documents stand high enough on average.',
  params: bounded({ relevant: relevantIds, k: depth }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'average precision as in trec_eval: mean over the relevant documents of the precision at each',
  example: { relevant: ['doc-7', 'doc-9'], min: 0.5 },
  ask: (subject, { relevant, k, ...limits }) =>
    withRanking(subject, relevant, k, (hits, quotes) => {
      let found = 0;
      let sum = 0;
      for (const [index, isHit] of hits.entries()) if (isHit) sum += ++found / (index + 1);
      return within(sum / new Set(relevant).size, limits, 'the average precision is', quotes);
    }),
});
