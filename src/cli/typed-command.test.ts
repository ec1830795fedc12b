import { expect, test } from 'vitest';
import { typedCommand } from './typed-command.ts';

const typed = (line: string, ...files: string[]) => typedCommand(files, line.split(' '));

test.each([
  ['analyze a.jsonl', []],
  ['analyze --score quality<0.6 a.jsonl --seed=7', ['--score', 'quality<0.6', '--seed=7']],
  ['analyze a.jsonl --out r.html --open --top 3 --json', []],
  ['analyze a.jsonl --score a<1 --score b<2', ['--score', 'a<1', '--score', 'b<2']],
  ['analyze a.jsonl --fix-cost --redact hash --redact-salt secretsecret', ['--fix-cost']],
  ['analyze a.jsonl --map input=--seed', ['--map', 'input=--seed']],
  [
    'analyze a.jsonl --detector ./own.ts --granularity fine',
    ['--detector', './own.ts', '--granularity', 'fine'],
  ],
])('%s', (line, flags) => {
  expect(typed(line, 'a.jsonl')).toEqual({ files: ['a.jsonl'], flags });
});

test('groups of all traces and standard input have nothing to promote', () => {
  expect(typed('analyze a.jsonl --all', 'a.jsonl')).toBe(null);
  expect(typed('analyze -', '-')).toBe(null);
});
