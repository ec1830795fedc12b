import { createTwoFilesPatch } from 'diff';
import { expect, test } from 'vitest';
import { lineChanges } from './line-changes.ts';

const MARKS = { same: ' ', removed: '-', added: '+' };
const shown = (from: string, to: string): readonly string[] =>
  lineChanges(from, to).hunks.flatMap(({ lines }) =>
    lines.map(({ kind, text }) => MARKS[kind] + text),
  );

test('changed lines come with three others around them and their numbers', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at + 1}`);
  const from = lines.join('\n');
  const to = lines.with(9, 'line ten').join('\n');
  expect(lineChanges(from, to)).toMatchObject({
    ...{ added: 1, removed: 1, isAligned: true },
    hunks: [{ fromLine: 7, toLine: 7 }],
  });
  expect(shown(from, to)).toEqual([
    ...[' line 7', ' line 8', ' line 9', '-line 10', '+line ten'],
    ...[' line 11', ' line 12', ' line 13'],
  ]);
});

test('the same text has no changes, an end of line is one', () => {
  expect(lineChanges('a\nb', 'a\nb')).toEqual({
    ...{ added: 0, removed: 0, isAligned: true, hunks: [] },
  });
  expect(shown('a', 'a\n')).toEqual([' a', '+']);
  expect(shown('', 'a')).toEqual(['-', '+a']);
});

test('texts without anything in common are replaced as a whole, in bounded time', () => {
  const text = (word: string): string =>
    Array.from({ length: 3000 }, (_, at) => `${word} ${at}`).join('\n');
  const { isAligned, added, removed } = lineChanges(text('a'), text('b'));
  expect({ isAligned, added, removed }).toEqual({ isAligned: false, added: 3000, removed: 3000 });
});

test('lines are those of a patch', () => {
  const [from, to] = ['a\nb\nc\n-- d', 'a\n+b\nc\n-- d\ne'];
  const patch = createTwoFilesPatch('', '', `${from}\n`, `${to}\n`).split('\n');
  expect(shown(from, to)).toEqual(patch.slice(patch.findIndex((l) => l.startsWith('@@')) + 1, -1));
});
