import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';

const NO_ANSWER = inconclusive('no answer recorded');

/**
 * More than six words in an input where nearly all answers are a name, a number or another phrase. Such answers go to
 * whatever compares, stores or shows them, so it holds wherever an input has this norm: what reads a phrase cannot read
 * a sentence. The norm is the input's own, and needs 20 short answers.
 */
export const answerForm = defineDetector({
  id: 'answer_form',
  tier: 'likely',
  finds:
    'an answer of more than six words where nearly all others of the input are a phrase of six at most',
  category: {
    name: 'Answer in another form',
    definition: 'An answer has the form that answers of the application have.',
    severity: 1,
    layer: 'prompt',
    fixCost: 1,
    example:
      'The answer has more than six words, where nearly all other answers are a phrase of six at most.',
  },
  detect(run, file) {
    const long = factOf(run, file, 'not_short');
    if (long !== undefined)
      return run.finding({
        cause: ['longer than a phrase'],
        statement:
          'The answer has more than six words, where nearly all other answers are a phrase of six at most',
        confidence: 0.6,
        evidence: [factEvidence(run, long)],
      });
    return run.output === '' ? NO_ANSWER : null;
  },
});
