import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampler } from './sample.ts';

interface Item {
  readonly id: string;
  readonly stratum: string;
}

const draw = (items: readonly Item[], size: number, seed = 1) => {
  const sample = sampler<Item>(size, seed);
  for (const [at, item] of items.entries()) sample.offer(item.id, at, item.stratum, () => item);
  return sample.draw();
};
const population = (counts: Readonly<Record<string, number>>): Item[] =>
  Object.entries(counts).flatMap(([stratum, count]) =>
    Array.from({ length: count }, (_, index) => ({ id: `${stratum}-${index}`, stratum })),
  );

describe('a stratified sample', () => {
  test('takes everything with weight 1 if it fits', () => {
    const drawn = draw(population({ a: 5, b: 2 }), 10);
    expect(drawn.map(({ item }) => item.id).sort()).toEqual([
      'a-0',
      'a-1',
      'a-2',
      'a-3',
      'a-4',
      'b-0',
      'b-1',
    ]);
    expect(drawn.every(({ weight }) => weight === 1)).toBe(true);
  });

  test.each([
    { counts: { a: 900, b: 100 }, size: 100, expected: { a: 90, b: 10 } },
    { counts: { a: 989, b: 10, c: 1 }, size: 100, expected: { a: 98, b: 1, c: 1 } },
    { counts: { a: 3, b: 3, c: 3 }, size: 2, expected: { a: 1, b: 1 } },
  ])('of $size from $counts takes $expected', ({ counts, size, expected }) => {
    const drawn = draw(population(counts as Record<string, number>), size);
    const taken = Object.fromEntries(
      [...Map.groupBy(drawn, ({ item }) => item.stratum)].map(([name, list]) => [
        name,
        list.length,
      ]),
    );
    expect(taken).toEqual(expected);
  });

  test('does not depend on the order, only on ids and seed', () => {
    const items = population({ a: 300, b: 40, c: 7 });
    const forward = draw(items, 50);
    expect(draw(items.toReversed(), 50)).toEqual(forward);
    expect(draw(items, 50, 2)).not.toEqual(forward);
  });

  test.each([3, 2000])('shared by three samplers is the same, of %i strata too', (strata) => {
    const items = Array.from({ length: 6000 }, (_, index) => ({
      id: `t${index % 5000}`,
      stratum: `s${index % strata}`,
      index,
    }));
    const whole = sampler<number>(40, 1);
    for (const { id, stratum, index } of items) whole.offer(id, index, stratum, () => index);
    const merged = sampler<number>(40, 1);
    for (const part of [2, 0, 1]) {
      const sample = sampler<number>(40, 1);
      for (const { id, stratum, index } of items.filter((item) => item.index % 3 === part))
        sample.offer(id, index, stratum, () => index);
      merged.merge(structuredClone(sample.state()));
    }
    expect(merged.draw()).toEqual(whole.draw());
    expect(merged.seen()).toBe(6000);
  });

  test('keeps the size and the weights of every sampled stratum', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer(),
        (sizes, size, seed) => {
          const items = population(
            Object.fromEntries(sizes.map((count, index) => [`s${index}`, count])),
          );
          const drawn = draw(items, size, seed);
          expect(drawn.length).toBe(Math.min(size, items.length));
          expect(new Set(drawn.map(({ item }) => item.id)).size).toBe(drawn.length);
          for (const [name, list] of Map.groupBy(drawn, ({ item }) => item.stratum)) {
            const sum = list.reduce((total, { weight }) => total + weight, 0);
            expect(sum).toBeCloseTo(sizes[Number(name.slice(1))]!, 6);
          }
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  test('creates no more items than needed', () => {
    const sample = sampler<number>(10, 1);
    let made = 0;
    for (let index = 0; index < 20_000; index += 1) {
      sample.offer(`t${index}`, index, 'only', () => {
        made += 1;
        return index;
      });
    }
    expect(sample.draw().length).toBe(10);
    expect(made).toBeLessThan(200);
  });

  test('is uniform: every item of a stratum is equally likely', () => {
    const hits = new Map<string, number>();
    const items = population({ a: 40 });
    for (let seed = 0; seed < 2000; seed += 1)
      for (const { item } of draw(items, 10, seed)) hits.set(item.id, (hits.get(item.id) ?? 0) + 1);
    const chiSquare = items.reduce(
      (sum, { id }) => sum + ((hits.get(id) ?? 0) - 500) ** 2 / 500,
      0,
    );
    expect(chiSquare).toBeLessThan(73.4);
  });
});
