import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';
import { stepsNeeded } from '../../facts/steps-needed.ts';

/**
 * The last words of a run with results say that it could not find out. An admission shows that the request was not
 * served in any application, but not why, and it may be the right thing to say: a symptom.
 */
export const admittedDoubt = defineDetector({
  id: 'admitted_doubt',
  tier: 'symptom',
  finds: 'an answer that ends by saying that it could not find out',
  category: {
    name: 'Admitted doubt',
    definition: 'A run that looks things up finds out what was asked.',
    severity: 2,
    layer: 'retrieval',
    fixCost: 3,
    example: 'The answer ends by saying that it could not determine the price.',
  },
  needs: stepsNeeded(inconclusive('no tool calls recorded')),
  detect(run, file) {
    const doubt = factOf(run, file, 'doubt');
    if (doubt === undefined) return null;
    return run.finding({
      cause: ['could not find out'],
      statement: 'The answer ends by saying that it could not find out',
      confidence: 0.7,
      evidence: [factEvidence(run, doubt)],
    });
  },
});
