import { expect, test } from 'vitest';
import { splitLabels } from './split-labels.ts';

const label = (id: string, note: string, ...codes: string[]) => ({
  ...{ id, note },
  codes: codes.map((code) => ({ code, quote: 'the words', place: '' })),
});
const labels = [
  label('a', '', 'Ignores hit'),
  label('b', 'It ignores hit 2'),
  label('c', 'Stops early', 'gave up'),
  label('d', ''),
];
const parts = [
  { name: 'Ignores a hit', words: ' ignores HIT ' },
  { name: 'Gives up', words: 'gave up' },
];
const placesOf = (rest: number | null, byHand: Record<string, number | null> = {}) =>
  Object.fromEntries(splitLabels(labels, parts, rest, byHand));

test('a label goes to the first part whose words are in its codes or note; the rest stays or goes where it is sent', () => {
  expect(placesOf(null)).toEqual({ a: 0, b: 0, c: 1, d: null });
  expect(placesOf(1)).toEqual({ a: 0, b: 0, c: 1, d: 1 });
});

test('what a person chose counts before the words', () => {
  expect(placesOf(1, { a: null, d: 0 })).toEqual({ a: null, b: 0, c: 1, d: 0 });
});

test('a part without words takes nothing by itself', () => {
  const places = splitLabels(labels, [{ name: 'x', words: '' }], null, {});
  expect([...places.values()]).toEqual([null, null, null, null]);
});
