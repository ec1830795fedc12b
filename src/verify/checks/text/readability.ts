import { syllable } from 'syllable';
import { sentences } from '../../../text/sentences.ts';
import { words } from '../../../text/words.ts';
import { withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, cannotTell, within } from '../outcome.ts';

const FEWEST_WORDS = 20;
/** Longer ones are none that a reader reads. */
const LONGEST_WORD = 40;

export const readability = defineCheck({
  id: 'readability',
  passes: "The answer's Flesch reading ease lies within the bounds; 60 to 70 is plain English.",
  params: bounded({}),
  measure: { range: [0, 100], better: 'higher' },
  source:
    'Flesch 1948: 206.835 − 1.015 words per sentence − 84.6 syllables per word; syllables by the library syllable; English',
  example: { min: 50 },
  ask: (subject, limits) =>
    withAnswer(subject, (answer) => {
      const text = answer.slice(0, 50_000);
      const counted = words(text, 20_000).filter(
        (word) => word.length <= LONGEST_WORD && /^\p{L}/u.test(word),
      );
      if (counted.length < FEWEST_WORDS) return cannotTell('the answer has fewer than 20 words');
      const perSentence = counted.length / Math.max(1, sentences(text, 5_000).length);
      let syllables = 0;
      for (const word of counted) syllables += syllable(word);
      const ease = 206.835 - 1.015 * perSentence - 84.6 * (syllables / counted.length);
      return within(ease, limits, 'the reading ease is');
    }),
});
