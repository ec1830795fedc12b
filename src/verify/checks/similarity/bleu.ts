import * as z from 'zod';
import { quoteAnswer, withReference } from '../answer.ts';
import { defineCheck } from '../define.ts';
import { bounded, within } from '../outcome.ts';
import { common, ngrams } from './tokens.ts';

const ORDER = 4;

export const bleu = defineCheck({
  id: 'bleu',
  passes: 'The answer’s runs of one to four words are those of the reference often enough.',
  params: bounded({ reference: z.string().optional().describe('default: that of the case') }),
  measure: { range: [0, 1], better: 'higher' },
  source:
    'BLEU of a sentence (Papineni et al. 2002) as sacrebleu has it ÷ 100: 13a tokens, exponential smoothing, effective order',
  example: { reference: 'The cat sat on the mat.', min: 0.4 },
  ask: (subject, { reference: given, ...limits }) =>
    withReference(subject, given, (answer, reference) =>
      within(sentenceBleu(answer, reference), limits, 'BLEU is', [quoteAnswer(subject)]),
    ),
});

function sentenceBleu(candidate: string, reference: string): number {
  const [found, wanted] = [tokens13a(candidate), tokens13a(reference)];
  if (common(ngrams(found, 1), ngrams(wanted, 1)) === 0) return 0;
  let smooth = 1;
  let logs = 0;
  let orders = 0;
  for (let n = 1; n <= ORDER && found.length >= n; n += 1) {
    const total = found.length - n + 1;
    const shared = common(ngrams(found, n), ngrams(wanted, n));
    if (shared === 0) smooth *= 2;
    logs += Math.log(shared === 0 ? 1 / (smooth * total) : shared / total);
    orders += 1;
  }
  const brevity = found.length < wanted.length ? 1 - wanted.length / found.length : 0;
  return Math.exp(logs / orders + brevity);
}

/** Tokens of mteval-v13a, the default of sacrebleu; at most 10,000. */
const tokens13a = (text: string): string[] =>
  ` ${text.replaceAll('-\n', '').replaceAll('\n', ' ').replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')} `
    .replaceAll(/([{-~[-` -&(-+:-@/])/g, ' $1 ')
    .replaceAll(/([^0-9])([.,])/g, '$1 $2 ')
    .replaceAll(/([.,])([^0-9])/g, ' $1 $2')
    .replaceAll(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/)
    .filter((token) => token !== '')
    .slice(0, 10_000);
