import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';

const NO_SOURCES = inconclusive('no short answer with sources recorded');

/**
 * A short answer that shares words with its sources but is not in them, in an input where most short answers are taken
 * from a source word for word. The norm is the input's own, so it holds wherever it applies; the answer may be right in
 * another form.
 */
export const rewordedAnswer = defineDetector({
  id: 'reworded_answer',
  tier: 'likely',
  finds:
    'a short answer in other words than its source, where other answers of the input are taken word for word',
  category: {
    name: 'Reworded answer',
    definition: 'Short answers use the words of their source, as the other answers do.',
    severity: 2,
    layer: 'prompt',
    fixCost: 1,
    example: 'The answer is “German culture” where the source says “the culture of Germany”.',
  },
  detect(run, file) {
    const reworded = factOf(run, file, 'other_words');
    if (reworded !== undefined)
      return run.finding({
        cause: ['other words'],
        statement:
          'The answer has words of its sources but is not in them, where other answers are taken word for word',
        confidence: 0.6,
        evidence: [factEvidence(run, reworded)],
      });
    return (factOf(run, file, 'verbatim') ?? factOf(run, file, 'not_verbatim')) === undefined
      ? NO_SOURCES
      : null;
  },
});
