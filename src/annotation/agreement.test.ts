import { expect, test } from 'vitest';
import { type Answer, agreement } from './agreement.ts';

/** Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units, α = 0.743. */
const PUBLISHED = {
  a: [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  b: [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  c: [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  d: [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
};

/** The published answers, so many times over. */
const answers = (times: number): Answer[] =>
  Object.entries(PUBLISHED).flatMap(([person, given]) =>
    Array.from({ length: times }, (_, time) =>
      given.flatMap((category, unit) =>
        category === null ? [] : [{ item: `${time}-${unit}`, person, category: `k${category}` }],
      ),
    ).flat(),
  );

test('below 30 items answered twice, it says nothing', () => {
  const { items, alpha, interval, standing, same } = agreement(answers(2));
  expect({ items, alpha, interval, standing }).toEqual({
    ...{ items: 22, alpha: null, interval: null, standing: 'too_few' },
  });
  expect(same).toBeGreaterThan(0.5);
});

test('agrees with the published coefficient', () => {
  // Copies change α only through its correction for small samples: 1 − (1 − 0.743…) × (n − 1) ÷ (n − 1/times).
  const { alpha, interval, standing, pairs } = agreement(answers(40));
  const exact = 1 - (1 - 0.743421052631579) * ((40 * 40 - 1) / (40 * 40 - 40));
  expect(alpha).toBeCloseTo(exact, 6);
  expect(standing).toBe('may_gate');
  expect(interval![0]).toBeLessThan(exact);
  expect(interval![1]).toBeGreaterThan(exact);
  expect(pairs.map(({ people }) => people.join(''))).toEqual(['ab', 'ac', 'ad', 'bc', 'bd', 'cd']);
});

test('the order of answers does not matter, and the last one counts', () => {
  const given = answers(3);
  expect(agreement(given.toReversed())).toEqual(agreement(given));
  const corrected = [{ item: '0-0', person: 'a', category: 'other' }, ...given];
  expect(agreement(corrected)).toEqual(agreement(given));
});

test('one answer throughout is no agreement', () => {
  const given = ['a', 'b'].flatMap((person) =>
    Array.from({ length: 40 }, (_, item) => ({ item: `${item}`, person, category: 'loop' })),
  );
  expect(agreement(given)).toMatchObject({ alpha: null, standing: 'one_answer', same: 1 });
});

test('chance answers are faulty definitions', () => {
  const given = ['a', 'b'].flatMap((person, at) =>
    Array.from({ length: 60 }, (_, item) => ({
      ...{ item: `${item}`, person },
      category: (at === 0 ? item : Math.floor(item / 2)) % 2 === 0 ? 'loop' : 'refusal',
    })),
  );
  expect(agreement(given)).toMatchObject({ standing: 'faulty' });
});
