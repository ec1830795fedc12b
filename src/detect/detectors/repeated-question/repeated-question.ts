import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';

const ONE_TURN = inconclusive('no second user message');

/**
 * The assistant puts a question again right after a plain yes. It holds elsewhere because the dialogue goes in a circle
 * whatever the question is about. Measured on few runs, so it does not rank as proven.
 */
export const repeatedQuestion = defineDetector({
  id: 'repeated_question',
  tier: 'likely',
  finds: 'a question that the assistant asks again after the user answered it with yes',
  category: {
    name: 'Repeated question',
    definition: 'A question that the user has answered is not asked again.',
    severity: 3,
    layer: 'prompt',
    fixCost: 2,
    example: 'The user said yes, and the assistant asked the same question again.',
  },
  detect(run, file) {
    const again = factOf(run, file, 'asked_again');
    if (again !== undefined)
      return run.finding({
        cause: ['after yes'],
        statement: 'The assistant asked again what the user had answered with yes',
        confidence: 0.7,
        evidence: [factEvidence(run, again)],
      });
    return (factOf(run, file, 'user_turns')?.quantity ?? 0) === 0 ? ONE_TURN : null;
  },
});
