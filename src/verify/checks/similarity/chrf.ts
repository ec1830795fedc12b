import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { common, fScore, ngrams } from './tokens.ts';

const ORDER = 6;
const BETA = 2;
const LONGEST = 20_000;

export const chrf = defineCheck({
  id: 'chrf',
  passes: 'The answer’s runs of one to six characters are those of the reference often enough.',
  params: bounded({ reference: z.string().optional().describe('default: that of the case') }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'chrF2 (Popović 2015) as sacrebleu has it ÷ 100; for languages that inflect, instead of BLEU',
  example: { reference: 'Die Bestellung wurde storniert.', min: 0.5 },
  ask: (subject, { reference: given, ...limits }) =>
    withReference(subject, given, (answer, reference) =>
      within(sentenceChrf(answer, reference), limits, 'chrF is', [quoteAnswer(subject)]),
    ),
});

function sentenceChrf(candidate: string, reference: string): number {
  const [found, wanted] = [candidate, reference].map((text) => [
    ...text.slice(0, LONGEST).replaceAll(/\s/g, ''),
  ]) as [string[], string[]];
  let precision = 0;
  let recall = 0;
  let orders = 0;
  for (let n = 1; n <= Math.min(ORDER, found.length, wanted.length); n += 1) {
    const shared = common(ngrams(found, n), ngrams(wanted, n));
    precision += shared / (found.length - n + 1);
    recall += shared / (wanted.length - n + 1);
    orders += 1;
  }
  return orders === 0 ? 0 : fScore(precision / orders, recall / orders, BETA);
}
