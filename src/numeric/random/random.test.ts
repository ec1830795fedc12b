import { expect, test } from 'vitest';
import {
  finalize,
  hash32,
  nextBelow,
  nextFloat,
  nextNormal,
  nextUint32,
  permutation,
  seedRandom,
} from './random.ts';

test.each([
  {
    source: 'rand_xoshiro, from the C reference',
    state: [1, 2, 3, 4],
    expected: [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849],
  },
  {
    source: 'xoshiro-6502, from the C reference',
    state: [0x964d4a0c, 0xd40ab895, 0xad7fdecb, 0x3006f0f0],
    expected: [0xf1391922, 0x6fe53806, 0xa5be2840, 0xf510ee70],
  },
])('xoshiro128** follows the published outputs: $source', ({ state, expected }) => {
  const words = Uint32Array.from(state);
  expect(expected.map(() => nextUint32(words))).toEqual(expected);
});

// fmix32 of the public MurmurHash3 source; the last two are the published first outputs of splitmix32 from state 0.
test.each([
  { word: 0, expected: 0 },
  { word: 1, expected: 0x514e28b7 },
  { word: 2, expected: 0x30f4c306 },
  { word: 0x9e3779b9, expected: 0x92ca2f0e },
  { word: 0x3c6ef372, expected: 0x3cd6e3f3 },
])('the murmur3 finalizer maps $word to $expected', ({ word, expected }) => {
  expect(finalize(word) >>> 0).toBe(expected);
});

test('the same seed repeats and its streams differ', () => {
  const draw = (seed: number, stream: number) => {
    const state = seedRandom(seed, stream);
    return Array.from({ length: 8 }, () => nextUint32(state));
  };
  expect(draw(42, 0)).toEqual(draw(42, 0));
  expect(draw(42, 0)).not.toEqual(draw(42, 1));
  expect(draw(42, 0)).not.toEqual(draw(43, 0));
});

test('floats are uniform in [0, 1): chi-squared of 20 bins is below the 0.1% point', () => {
  const state = seedRandom(1);
  const bins = new Float64Array(20);
  for (let draw = 0; draw < 20_000; draw++) bins[Math.floor(nextFloat(state) * 20)]! += 1;
  const statistic = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(statistic).toBeLessThan(43.8);
});

test('normals have mean 0, variance 1 and fourth moment 3 within four standard errors', () => {
  const state = seedRandom(2);
  const draws = Float64Array.from({ length: 40_000 }, () => nextNormal(state));
  const moment = (power: number) =>
    draws.reduce((sum, draw) => sum + draw ** power, 0) / draws.length;
  expect(Math.abs(moment(1))).toBeLessThan(4 / 200);
  expect(Math.abs(moment(2) - 1)).toBeLessThan((4 * Math.SQRT2) / 200);
  expect(Math.abs(moment(4) - 3)).toBeLessThan((4 * Math.sqrt(96)) / 200);
});

test('a permutation has each index once', () => {
  const order = permutation(1000, seedRandom(3));
  expect([...order].sort((left, right) => left - right)).toEqual(
    Array.from({ length: 1000 }, (_, index) => index),
  );
  expect(permutation(0, seedRandom(3))).toHaveLength(0);
});

test('bounded integers stay below the bound', () => {
  const state = seedRandom(4);
  const seen = new Set(Array.from({ length: 500 }, () => nextBelow(state, 7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('hashes of neighboring counters do not collide more than chance allows', () => {
  const seen = new Set<number>();
  for (let row = 0; row < 300; row++)
    for (let epoch = 0; epoch < 300; epoch++) seen.add(hash32(9, row, epoch));
  // 90,000 draws from 2^32 collide 0.94 times on average.
  expect(90_000 - seen.size).toBeLessThan(8);
});
