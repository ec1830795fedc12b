import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeDemo } from '../demo/generate.ts';
import { runCulprit } from './run-culprit.ts';
import { shellWords } from './shell-words.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-walkthrough-'));
const page = readFileSync(join(root, 'docs/walkthrough.md'), 'utf8');

const steps = [...page.matchAll(/```console\n(culprit .*)\n```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, command = '', lines = '']) => ({ command, lines: lines.trimEnd().split('\n') }),
);

beforeAll(() => {
  mkdirSync(join(folder, 'dist'));
  writeDemo(join(folder, 'dist/demo'));
  symlinkSync(join(root, 'demo'), join(folder, 'demo'));
}, 120_000);

/** Versions of the agent that are started as the page says; the others answer the same way as a module. */
const STARTED = new Set(['v4', 'dead']);

/** A module that answers as `node demo/target.ts <version>` does, without a start for each of some 200 attempts. */
function moduleOf(version: string): string {
  const file = join(folder, `${version}.ts`);
  writeFileSync(
    file,
    `import { answer } from '${join(root, 'demo/target.ts')}';\nexport default (request) => JSON.parse(answer('${version}', request));\n`,
  );
  return `./${version}.ts`;
}

/** The arguments, with modules for versions. */
function argumentsOf(command: string): string[] {
  const all = shellWords(command, folder);
  const isAlone = !all.includes('--baseline');
  return all.map((each) => {
    const [, version] = /^cmd:node demo\/target\.ts (\S+)$/.exec(each) ?? [];
    return version === undefined || (isAlone && STARTED.has(version)) ? each : moduleOf(version);
  });
}

const plain = (text: string): string => text.replace(/\s+/g, ' ');

test('the walk has all its steps', () => {
  expect(steps).toHaveLength(9);
});

test.each(steps)('$command', { timeout: 240_000 }, async ({ command, lines }) => {
  const { status, stdout, stderr } = await runCulprit(argumentsOf(command), {
    cwd: folder,
    env: { PATH: `${join(process.execPath, '..')}:${process.env['PATH']}` },
  });
  const said = plain(`${stdout}${stderr}`);
  for (const line of lines) {
    const [, code] = /^exit (\d+)$/.exec(line) ?? [];
    if (code === undefined) expect(said).toContain(plain(line));
    else expect(status).toBe(Number(code));
  }
});
