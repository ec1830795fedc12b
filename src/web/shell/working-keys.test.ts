import { expect, test } from 'vitest';
import { workingKeys } from './working-keys.ts';

const KEYS = [
  ['j k', 'next, previous cause'],
  ['Enter', 'open'],
  ['1–9', 'open by rank'],
  ['← →', 'previous, next trace'],
  ['y', 'copy'],
  ['Esc', 'back'],
] as const;
const meanings = (held: readonly string[]): readonly string[] =>
  workingKeys(KEYS, new Set(held)).map(([, meaning]) => meaning);

test('only keys that do something are told of', () => {
  expect(meanings([])).toEqual([]);
  expect(meanings(['j', 'Escape'])).toEqual(['back']);
  expect(meanings(['j', 'k', '1', 'y'])).toEqual([
    ...['next, previous cause', 'open', 'open by rank', 'copy'],
  ]);
  expect(meanings(['ArrowLeft', 'ArrowRight'])).toEqual(['previous, next trace']);
});

test('what the browser does itself always works where nothing comes before it', () => {
  const keys = [
    ['Tab', 'next link'],
    ['Enter', 'open'],
    ['n', 'new'],
  ] as const;
  expect(workingKeys(keys, new Set())).toEqual(keys.slice(0, 2));
});
