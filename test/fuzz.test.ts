import { expect, test } from 'vitest';
import { fuzz } from './fuzz/fuzz.ts';

test('seeded hostile and damaged inputs crash nothing, hang nothing and lose nothing', async () => {
  expect(await fuzz({ seed: 1, count: 100, patienceMs: 60_000 })).toEqual([]);
});
