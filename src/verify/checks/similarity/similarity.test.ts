import { expect, test } from 'vitest';
import { askCheck } from '../../testing/ask-check.ts';

const measured = async (check: string, answer: string, reference: string, more = {}) =>
  (await askCheck(check, { reference, min: -1, ...more }, answer)).value;

/**
 * BLEU and chrF: sacrebleu 2 (`sentence_bleu` with effective order, `sentence_chrf`) ÷ 100. ROUGE: F1 of rouge-score
 * without stemming. Word error rate: jiwer on lower-case words. Character error rate: jiwer.
 */
test.each([
  {
    answer: 'The cat sat on the mat.',
    reference: 'The cat sat on the mat.',
    ...{ bleu: 1, chrf: 1, rouge1: 1, rouge2: 1, rougeL: 1, wer: 0, cer: 0 },
  },
  {
    answer: 'The cat sat on the red mat.',
    reference: 'The cat is sitting on the mat.',
    ...{ bleu: 0.19130147081392226, chrf: 0.36431785273779005 },
    ...{ rouge1: 0.7142857142857143, rouge2: 0.3333333333333333, rougeL: 0.7142857142857143 },
    ...{ wer: 0.42857142857142855, cer: 0.4 },
  },
  {
    answer: 'Your refund of $42.50 was sent to the card ending in 1234, and takes 5-7 days.',
    reference:
      'We sent your refund of $42.50 to the card ending 1234; it takes 5 to 7 business days.',
    ...{ bleu: 0.28592291256793123, chrf: 0.5772224544246526 },
    ...{ rouge1: 0.8108108108108109, rouge2: 0.45714285714285713, rougeL: 0.7567567567567567 },
    ...{ wer: 0.42105263157894735, cer: 0.4470588235294118 },
  },
  {
    answer: 'Hello there',
    reference: 'General Kenobi',
    ...{ bleu: 0, chrf: 0.09526611468359043, rouge1: 0, rouge2: 0, rougeL: 0 },
    ...{ wer: 1, cer: 0.8571428571428571 },
  },
  {
    answer: 'the quick brown fox',
    reference: 'The quick brown dog jumps over the lazy fox',
    ...{ bleu: 0.1088482843823664, chrf: 0.37813945069688243 },
    ...{ rouge1: 0.6153846153846153, rouge2: 0.36363636363636365, rougeL: 0.6153846153846153 },
    ...{ wer: 0.5555555555555556, cer: 0.5813953488372093 },
  },
])('of “$answer” with “$reference”', async ({ answer, reference, ...expected }) => {
  expect(await measured('bleu', answer, reference)).toBeCloseTo(expected.bleu, 10);
  expect(await measured('chrf', answer, reference)).toBeCloseTo(expected.chrf, 10);
  for (const variant of ['rouge1', 'rouge2', 'rougeL'] as const)
    expect(await measured('rouge', answer, reference, { variant })).toBeCloseTo(
      expected[variant],
      10,
    );
  expect(await measured('word_error_rate', answer, reference)).toBeCloseTo(expected.wer, 10);
  expect(await measured('character_error_rate', answer, reference)).toBeCloseTo(expected.cer, 10);
});

/** SQuAD’s own script: in spring of 1889 | it was spring of 1889 share 3 of 4 and of 5 words. */
test('token_f1 and exact_match compare as SQuAD does', async () => {
  const reference = 'It was the spring of 1889.';
  expect(await measured('token_f1', 'in the spring of 1889', reference)).toBeCloseTo(2 / 3, 12);
  const exact = (answer: string) =>
    askCheck('exact_match', { references: ['The Eiffel Tower'] }, answer);
  expect((await exact('eiffel tower!')).verdict).toBe('pass');
  expect((await exact('The Eiffel Tower in Paris')).verdict).toBe('fail');
});

/** nltk.metrics.distance.edit_distance: 3 for both pairs. */
test('levenshtein is the edit distance as a similarity', async () => {
  expect(await measured('levenshtein', '10117 Bern', '10115 Berlin')).toBeCloseTo(1 - 3 / 12, 12);
  expect(await measured('levenshtein', 'kitten', 'sitting')).toBeCloseTo(1 - 3 / 7, 12);
  expect(await measured('levenshtein', '', '')).toBe(1);
});

/** By hand: refund, to, card of refund, went, to, your, card, sent, the. */
test('jaccard is the share of common words', async () => {
  const value = await measured('jaccard', 'Refund went to your card', 'refund sent to the card');
  expect(value).toBeCloseTo(3 / 7, 12);
});

test('the reference is the parameter, else that of the case', async () => {
  const parts = { reference: 'It arrives on Friday.' };
  expect((await askCheck('bleu', { min: 1 }, 'It arrives on Friday.', parts)).verdict).toBe('pass');
  expect((await askCheck('bleu', { min: 1 }, 'It arrives on Friday.')).verdict).toBe('cannot_tell');
});

test('a measure without bounds is refused', async () => {
  await expect(askCheck('bleu', { reference: 'x' }, 'x')).rejects.toThrow('needs min or max');
});
