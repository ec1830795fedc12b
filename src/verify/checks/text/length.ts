import * as z from 'zod';
import { sentences } from '../../../text/sentences.ts';
import { words } from '../../../text/words.ts';
import { withAnswer } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';

const MOST = 1_000_000;

const COUNT = {
  characters: (text: string) => [...text].length,
  words: (text: string) => words(text, MOST).filter((word) => !word.startsWith("'")).length,
  sentences: (text: string) => sentences(text, MOST).length,
  lines: (text: string) => (text === '' ? 0 : text.split(/\r\n|\r|\n/).length),
  paragraphs: (text: string) => text.split(/\n\s*\n/).filter((part) => part.trim() !== '').length,
} as const;

export const length = defineCheck({
  id: 'length',
  passes: 'The answer has as many characters, words, sentences, lines or paragraphs as allowed.',
  params: bounded({
    unit: z.enum(['characters', 'words', 'sentences', 'lines', 'paragraphs']).default('words'),
  }),
  measure: { range: [0, Number.POSITIVE_INFINITY], better: 'lower' },
  source: 'characters are code points; sentences as in Unicode text without abbreviations',
  example: { unit: 'words', max: 120 },
  ask: (subject, { unit, ...limits }) =>
    withAnswer(subject, (answer) => within(COUNT[unit](answer), limits, `the answer has ${unit}:`)),
});
