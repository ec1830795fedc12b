import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeDemo } from '../demo/generate.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-walkthrough-'));
const page = readFileSync(join(root, 'docs/walkthrough.md'), 'utf8');

const steps = [...page.matchAll(/```console\n(.*)\n```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, command = '', lines = '']) => ({ command, lines: lines.trimEnd().split('\n') }),
);

beforeAll(() => {
  mkdirSync(join(folder, 'dist'));
  writeDemo(join(folder, 'dist/demo'));
  symlinkSync(join(root, 'demo'), join(folder, 'demo'));
}, 120_000);

const main = join(root, 'src/cli/main.ts');
const plain = (text: string): string => text.replace(/\s+/g, ' ');

test('the walk has all its steps', () => {
  expect(steps).toHaveLength(9);
});

test.each(steps)('$command', { timeout: 240_000 }, ({ command, lines }) => {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', command.replace(/^culprit/, `"${process.execPath}" "${main}"`)],
    {
      ...{ cwd: folder, encoding: 'utf8', maxBuffer: 1e9 },
      env: { PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`, NO_COLOR: '1' },
    },
  );
  const said = plain(`${stdout}${stderr}`);
  for (const line of lines) {
    const [, code] = /^exit (\d+)$/.exec(line) ?? [];
    if (code === undefined) expect(said).toContain(plain(line));
    else expect(status).toBe(Number(code));
  }
});
