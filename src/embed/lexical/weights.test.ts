import { expect, test } from 'vitest';
import { featureCounter } from './features.ts';
import { weigh } from './weights.ts';

function weighed(texts: readonly string[]) {
  const counter = featureCounter();
  for (const text of texts) counter.add(text);
  return weigh(counter.counts());
}

test('counts words, neighboring pairs and padded 4-grams once per distinct feature', () => {
  const counter = featureCounter();
  counter.add('pay pay order');
  counter.add('');
  const { rows, offsets, counts } = counter.counts();
  // words pay×2 order; pairs pay-pay pay-order; grams ' pay' 'pay ' ×2 and ' ord' 'orde' 'rder' 'der '
  expect({ rows, offsets, counts: [...counts].sort() }).toEqual({
    rows: 2,
    offsets: [0, 10, 10],
    counts: [1, 1, 1, 1, 1, 1, 1, 2, 2, 2],
  });
});

test('weighs by (1 + ln tf)(1 + ln((1 + n)/(1 + df))) and scales rows to length 1', () => {
  // A one-letter word counts as the word itself and one gram; 'a' is in all three texts, 'b' in two.
  const { rows, columns, offsets, values } = weighed(['a', 'b a', 'b b b a']);
  const common = 1;
  const rare = 1 + Math.log(4 / 3);
  const thrice = (1 + Math.log(3)) * rare;
  expect({ rows, columns, offsets: [...offsets] }).toEqual({
    rows: 3,
    columns: 5,
    offsets: [0, 2, 7, 12],
  });
  const length = Math.hypot(rare, rare, rare, common, common);
  const longer = Math.hypot(thrice, thrice, rare, common, common);
  const sorted = (from: number, to: number) => [...values.subarray(from, to)].sort((a, b) => a - b);
  const expected = [
    [common, common].map((value) => value / Math.SQRT2),
    [common, common, rare, rare, rare].map((value) => value / length),
    [common, common, rare, thrice, thrice].map((value) => value / longer),
  ];
  for (const [row, weights] of expected.entries()) {
    const found = sorted(offsets[row] ?? 0, offsets[row + 1] ?? 0);
    for (const [i, weight] of weights.entries()) expect(found[i]).toBeCloseTo(weight, 6);
  }
});

test('drops features that only one text has', () => {
  const { columns, offsets } = weighed(['alpha', 'alpha', 'omega']);
  expect({ columns, offsets: [...offsets] }).toEqual({ columns: 5, offsets: [0, 5, 10, 10] });
});

test('keeps at most 16,384 columns however many words there are', () => {
  const texts = Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 1000 }, (_, j) => `word${Math.floor(i / 2)}x${j}`).join(' '),
  );
  expect(weighed(texts).columns).toBe(16_384);
});
