import * as z from 'zod';
import { entities } from '../../../text/entities.ts';
import { stem } from '../../../text/stem.ts';
import { isStopWord } from '../../../text/stop-words.ts';
import { words } from '../../../text/words.ts';
import { defineCheck } from '../define.ts';
import { SHARE, withGrounds } from './sources.ts';

export const namesGrounded = defineCheck({
  id: 'names_grounded',
  passes: 'Every name of the answer is in its sources or in the request.',
  params: z.strictObject({
    known: z
      .array(z.string())
      .default([])
      .describe('names that may be used anyway, such as your own'),
  }),
  measure: SHARE,
  source: 'capitalized words inside sentences (English); each word of a name must occur',
  example: { known: ['Acme Support'] },
  ask: (subject, { known }) =>
    withGrounds(subject, 'names', ({ text, answer }) => {
      const vocabulary = new Set(words(`${text}\n${known.join('\n')}`, 400_000).map(stem));
      const claimed = new Map(entities(answer, 500).map((name) => [name.text, name]));
      const missing = [...claimed.keys()].filter((name) =>
        words(name).some(
          (word) =>
            !isStopWord(word) &&
            !/^\d+$/.test(word) &&
            !word.startsWith("'") &&
            !vocabulary.has(stem(word)),
        ),
      );
      return { all: claimed.size, missing };
    }),
});
