import { expect, test } from 'vitest';
import { progressText } from './progress.ts';

/** No-break spaces join a number and its unit. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('shows the step of all steps, its share, and the time that is left overall', () => {
  const text = progressText(false);
  expect(plain(text('collect', 0, null, 1_000))).toBe('1/5 reading traces 0 B');
  expect(plain(text('collect', 500, 1_000, 1_500))).toBe('1/5 reading traces 50%');
  // 35% of the whole took 7 s: 13 s are left.
  expect(plain(text('collect', 1_000, 1_000, 8_000))).toBe(
    '1/5 reading traces 100%, about 15 s left',
  );
  // 35 + 40 + 4 + half of 17 = 87.5% took 35 s: 5 s are left.
  expect(plain(text('group', 5, 10, 36_000))).toBe('4/5 clustering 50%, about 5 s left');
  expect(plain(text('label', 4, 4, 40_000))).toBe('5/5 naming causes 100%');
});

test('a model counts as a step of its own, with its own time', () => {
  const text = progressText(true);
  text('collect', 1, 1, 0);
  expect(plain(text('judge', 0, 100, 10_000))).toBe('3/6 asking the model 0%');
  expect(plain(text('judge', 25, 100, 50_000))).toBe('3/6 asking the model 25%, about 2 min left');
});
