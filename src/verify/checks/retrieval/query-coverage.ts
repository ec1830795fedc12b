import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

export const queryCoverage = defineCheck({
  id: 'query_coverage',
  passes: 'Enough of the content words of the request occur in the retrieved documents.',
  params: bounded({}),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'share of the request’s content words, as stems, in the documents: what the detector retrieval_miss reads; English',
  example: { min: 0.5 },
  ask: ({ run }, limits) =>
    run.coverage === null
      ? cannotTell('no documents were retrieved, or the request has no content words')
      : within(run.coverage, limits, 'the coverage is'),
});
