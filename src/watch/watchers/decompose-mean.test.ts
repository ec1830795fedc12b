import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextFloat, nextNormal, seedRandom } from '../../numeric/random/random.ts';
import { decomposeMean, type MeanPart, type Values } from './decompose-mean.ts';

const values = (numbers: readonly number[]): Values => ({
  count: numbers.length,
  total: numbers.reduce((sum, value) => sum + value, 0),
  squares: numbers.reduce((sum, value) => sum + value * value, 0),
});

/** So many traces of a mean, spread by 0.1 either way. */
const around = (mean: number, count: number): Values =>
  values(Array.from({ length: count }, (_, at) => mean + (at % 2 === 0 ? 0.1 : -0.1)));

test('a cause that grew explains what its low scores take from the mean', () => {
  const found = decomposeMean([
    { cause: null, before: around(0.9, 900), now: around(0.9, 800) },
    { cause: 'refund', before: around(0.2, 50), now: around(0.2, 150) },
    { cause: 'tone', before: around(0.6, 50), now: around(0.6, 50) },
  ]);
  // By hand: 0.85 → 0.78; Δp = 0.1, m̄ − M̄ = 0.2 − 0.815.
  expect(found?.before).toBeCloseTo(0.85, 10);
  expect(found?.now).toBeCloseTo(0.78, 10);
  expect(found?.causes.map(({ cause }) => cause)).toEqual(['refund']);
  expect(found?.causes[0]?.change).toBeCloseTo(-0.0615, 10);
  expect(found?.causes[0]?.byMean).toBeCloseTo(0, 10);
  // Δp = −0.1 of the traces without a cause, 0.085 above the mean.
  expect(found?.unexplained).toBeCloseTo(-0.0085, 10);
});

test('a cause whose traces score lower explains the change by its mean', () => {
  const found = decomposeMean([
    { cause: null, before: around(0.9, 700), now: around(0.9, 700) },
    { cause: 'refund', before: around(0.7, 300), now: around(0.3, 300) },
  ]);
  expect(found?.causes[0]).toMatchObject({ cause: 'refund', shares: [0.3, 0.3] });
  expect(found?.causes[0]?.byMean).toBeCloseTo(-0.12, 10);
  expect(found?.unexplained).toBeCloseTo(0, 10);
});

test('the parts of each decomposition add up to the change', () => {
  const side = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(side, side), { minLength: 1, maxLength: 6 }), (sides) => {
      const parts = sides.map(
        ([before, now], index): MeanPart => ({
          cause: index === 0 ? null : `c${index}`,
          ...{ before: values(before), now: values(now) },
        }),
      );
      const found = decomposeMean(parts);
      if (found === null) return;
      const explained = found.causes.reduce((sum, { change }) => sum + change, 0);
      expect(explained + found.unexplained).toBeCloseTo(found.now - found.before, 9);
      for (const { change, byShare, byMean } of found.causes)
        expect(byShare + byMean).toBeCloseTo(change, 12);
    }),
  );
});

test('where nothing moved the mean, a cause is named in at most 5% of decompositions', () => {
  const random = seedRandom(3);
  const rates = [0.05, 0.1, 0.02, 0.08];
  const sample = (): readonly Values[] => {
    const parts = Array.from({ length: 5 }, (): number[] => []);
    for (let trace = 0; trace < 1000; trace++) {
      let place = nextFloat(random);
      const cause = rates.findIndex((rate) => {
        place -= rate;
        return place < 0;
      });
      parts[cause + 1]?.push((cause < 0 ? 0.9 : 0.4) + 0.2 * nextNormal(random));
    }
    return parts.map(values);
  };
  let named = 0;
  for (let trial = 0; trial < 400; trial++) {
    const [before, now] = [sample(), sample()];
    const parts = before.map((each, index) => ({
      cause: index === 0 ? null : `c${index}`,
      ...{ before: each, now: now[index] ?? values([]) },
    }));
    named += Number((decomposeMean(parts)?.causes.length ?? 0) > 0);
  }
  // 5%, and three standard deviations of 400 trials.
  expect(named / 400).toBeLessThanOrEqual(0.083);
  expect(named).toBeGreaterThan(0);
});

test('without values on one side there is nothing to take apart', () => {
  expect(decomposeMean([{ cause: 'c', before: values([]), now: values([1]) }])).toBeNull();
});
