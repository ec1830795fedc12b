import { spawnSync } from 'node:child_process';
import { expect, test, vi } from 'vitest';
import { shellWord } from '../text/shell-word.ts';
import { givenCommand } from './given-command.ts';

test.each([
  'traces.jsonl',
  'groundedness<0.7',
  'my file.csv',
  "it's",
  'a"b',
  '$HOME `id` \\ !',
  "'$x'",
  '*?[a](b){c};|&>~#',
  '',
])('%j stays one word in a shell', (text) => {
  const { stdout } = spawnSync('sh', ['-c', `printf '%s|' ${shellWord(text)}`], {
    encoding: 'utf8',
  });
  expect(stdout).toBe(`${text}|`);
});

test('options are added to the command as it was given', () => {
  const command = givenCommand(['analyze', 'my file.csv', '--score', 'a<1']);
  expect(command.with('--all')).toBe('culprit analyze "my file.csv" --score "a<1" --all');
});

test.each([
  ['npm_command', 'exec', 'npx culprit demo --all'],
  ['npm_package_name', 'culprit', 'npx culprit demo --all'],
  ['npm_package_name', 'shop', 'culprit demo --all'],
])('started by npm with %s=%s: %s', (name, value, line) => {
  vi.stubEnv(name, value);
  expect(givenCommand(['demo']).with('--all')).toBe(line);
  vi.unstubAllEnvs();
});

test('an option that takes one value is replaced, and rules add up', () => {
  const command = givenCommand(['analyze', 'f', '--granularity', 'fine', '--score', 'a<1']);
  expect(command.with('--granularity', 'medium')).toBe(
    'culprit analyze f --score "a<1" --granularity medium',
  );
  expect(command.with('--score', 'b=x')).toContain('--score "a<1" --score b=x');
});

test('standard input cannot be read again, a salt is not printed, and a screen full of files is no advice', () => {
  expect(givenCommand(['analyze', '-']).with('--all')).toBeNull();
  expect(givenCommand(['analyze', 'a', '--redact-salt', 'secret']).with('--all')).toBeNull();
  expect(givenCommand(['analyze', 'x'.repeat(200)]).with('--all')).toBeNull();
});
