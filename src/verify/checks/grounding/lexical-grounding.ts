import * as z from 'zod';
import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';
import { withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

export const lexicalGrounding = defineCheck({
  id: 'lexical_grounding',
  passes: 'Enough of the content words of the answer occur in its sources: a hint, not a proof.',
  params: bounded({
    fewest: z
      .int()
      .min(1)
      .default(5)
      .describe('content words that an answer must have to be measured'),
  }),
  measure: { range: [0, 1], better: 'higher' },
  source: 'knowledge precision (Adlakha et al. 2024, K-Precision): content words as stems; English',
  example: { min: 0.6 },
  ask: (subject, { fewest, ...limits }) =>
    withAnswer(subject, (answer) => {
      const { sources } = subject.run;
      if (sources === null) return cannotTell('the run has no sources');
      const content = words(answer, 5_000).filter(
        (word) => !isStopWord(word) && !word.startsWith("'"),
      );
      if (content.length < fewest)
        return cannotTell(`the answer has fewer than ${fewest} content words`);
      const known = new Set(sources.sources.flatMap(({ text }) => words(text, 50_000).map(stem)));
      const share = content.filter((word) => known.has(stem(word))).length / content.length;
      return within(share, limits, 'the share of words in the sources is');
    }),
});
