import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { depth, relevantIds, withRanking } from './relevance.ts';

export const reciprocalRank = defineCheck({
  id: 'reciprocal_rank',
  passes: 'The first relevant document stands high enough.',
  params: bounded({ relevant: relevantIds, k: depth }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'reciprocal rank (Voorhees 1999): 1 ÷ place of the first relevant document, 0 without one',
  example: { relevant: ['doc-7'], min: 0.5 },
  ask: (subject, { relevant, k, ...limits }) =>
    withRanking(subject, relevant, k, (hits, quotes) => {
      const first = hits.indexOf(true);
      return within(first < 0 ? 0 : 1 / (first + 1), limits, 'the reciprocal rank is', quotes);
    }),
});
