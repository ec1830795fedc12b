import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { EXIT_CODES, exitCodeOf, INCOMPLETE } from './exit-code.ts';

const root = resolve(import.meta.dirname, '../..');
const codesInContract = [
  ...readFileSync(join(root, 'src/contract/culprit-error.ts'), 'utf8')
    .split('export class')[0]!
    .matchAll(/\| '(\w+)'/g),
].map(([, code]) => code);

test('every error has exactly one exit code', () => {
  const listed = EXIT_CODES.flatMap(({ errors }) => errors);
  expect(listed.toSorted()).toEqual(codesInContract.toSorted());
});

test('codes are in the range of their kind', () => {
  expect(exitCodeOf('invalid_option')).toBe(1);
  expect(exitCodeOf('unknown_format')).toBe(11);
  expect(exitCodeOf('judge_failed')).toBe(21);
  for (const { code, errors } of EXIT_CODES)
    for (const error of errors) {
      const isInput =
        /^(?:unreadable_file|unknown_format|empty_input|no_traces|old_analysis|invalid_suite)$/.test(
          error,
        );
      expect([error, code >= 10 && code <= 19]).toEqual([error, isInput]);
      expect([error, code >= 20 && code <= 29]).toEqual([
        error,
        /^(?:embedder|judge|store)_/.test(error),
      ]);
    }
  expect(EXIT_CODES.map(({ code }) => code)).toEqual([
    0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 20, 21, 22, 100, 130,
  ]);
  expect(EXIT_CODES.find(({ code }) => code === INCOMPLETE)?.meaning).toContain('incomplete');
});
