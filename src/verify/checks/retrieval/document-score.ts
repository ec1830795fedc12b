import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

export const documentScore = defineCheck({
  id: 'document_score',
  passes: 'The best (or the worst) score that the retriever gave lies within the bounds.',
  params: bounded({ which: z.enum(['best', 'worst']).default('best') }),
  measure: { range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], better: 'higher' },
  source: 'scores of the documents as recorded; their scale is the retriever’s',
  example: { which: 'best', min: 0.7 },
  ask: ({ trace }, { which, ...limits }) => {
    const scores = trace.documents.flatMap(({ score }) => (score === null ? [] : [score]));
    if (scores.length === 0) return cannotTell('no document has a score');
    const found = scores.reduce((a, b) => (which === 'best' ? Math.max(a, b) : Math.min(a, b)));
    return within(found, limits, `the ${which} score is`);
  },
});
