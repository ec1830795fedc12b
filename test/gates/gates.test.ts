import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { edgesOf, pastEntryPoint, wrongDirection } from '../module-map.ts';

const repository = resolve(import.meta.dirname, '../..');
const planted = resolve(import.meta.dirname, 'planted');
const bin = resolve(repository, 'node_modules/.bin');

const run = (
  command: string,
  args: readonly string[],
  cwd: string,
): { status: number; text: string } => {
  const { status, stdout, stderr } = spawnSync(join(bin, command), args, { cwd, encoding: 'utf8' });
  return { status: status ?? -1, text: `${stdout}${stderr}` };
};

/** Each gate gets a violation: a gate that does not report it is broken. */
describe('every gate reports its violation', () => {
  test('the module map: an import in the wrong direction', () => {
    const { edges } = edgesOf(join(planted, 'modules'));
    expect(wrongDirection(edges)).toContain('numeric/numeric.ts -> detect/detect.ts');
  });

  test('the entry points: an import past the entry point', () => {
    const { edges } = edgesOf(join(planted, 'modules'));
    expect(pastEntryPoint(edges)).toEqual(['rank/rank.ts -> detect/hidden.ts']);
  });

  test('the linter: console, default export and file name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'culprit-lint-'));
    const config = JSON.parse(readFileSync(join(repository, 'biome.json'), 'utf8'));
    writeFileSync(
      join(folder, 'biome.json'),
      JSON.stringify({ ...config, $schema: undefined, root: true, files: { includes: ['**'] } }),
    );
    writeFileSync(join(folder, 'BadName.ts'), readFileSync(join(planted, 'lint/BadName.ts')));
    const { status, text } = run('biome', ['ci', '--max-diagnostics=50', '.'], folder);
    expect(status).not.toBe(0);
    for (const rule of ['noConsole', 'noDefaultExport', 'useFilenamingConvention'])
      expect(text).toContain(rule);
  });

  test('the compiler: an unchecked index', () => {
    const { status, text } = run('tsc', ['-p', 'tsconfig.json'], join(planted, 'types'));
    expect(status).not.toBe(0);
    expect(text).toContain('TS2322');
  });

  test('the search for unused exports', () => {
    const { status, text } = run('knip', [], join(planted, 'unused'));
    expect(status).not.toBe(0);
    expect(text).toContain('unused');
  });
});
