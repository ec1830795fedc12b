import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeDemoSuite } from './demo-suite.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-ci-'));
const page = readFileSync(join(root, 'docs/ci.md'), 'utf8');
const workflow = parse(/```yaml\n([\s\S]*?)```/.exec(page)![1]!);
const steps: readonly { readonly name?: string; readonly run?: string }[] =
  workflow.jobs.evals.steps;

const script = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
};

/** Runs the steps as the runner does: each in a shell of its own, the path from the steps before. */
function runJob(version: string): ReadonlyMap<string, { status: number | null; stdout: string }> {
  for (const name of ['path', 'summary', 'results.xml', 'result.md', 'commented'])
    rmSync(join(folder, name), { force: true });
  writeFileSync(
    join(folder, 'agent.js'),
    `import { text } from 'node:stream/consumers';
import { answer } from '${join(root, 'demo/target.ts')}';
process.stdout.write(answer('${version}', JSON.parse(await text(process.stdin))));\n`,
  );
  writeFileSync(join(folder, 'path'), '');
  const done = new Map<string, { status: number | null; stdout: string }>();
  for (const { name = '', run } of steps) {
    if (run === undefined) continue;
    const added = readFileSync(join(folder, 'path'), 'utf8').trim().split('\n');
    const path = [...added, join(folder, 'tools'), dirname(process.execPath), process.env['PATH']];
    const { status, stdout } = spawnSync('bash', ['-e', '-c', run], {
      ...{ cwd: folder, encoding: 'utf8', maxBuffer: 1e9 },
      env: {
        PATH: path.filter((each) => each !== '').join(':'),
        ...{ GITHUB_PATH: join(folder, 'path'), GITHUB_SHA: 'abc123', PR: '7' },
        GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      },
    });
    done.set(name, { status, stdout });
  }
  return done;
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const isYaml = (name: string): boolean => name.endsWith('.yaml');

beforeAll(async () => {
  const main = join(root, 'src/cli/main.ts');
  const bin = join(folder, 'installed/culprit');
  script(bin, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  script(
    join(folder, 'tools/npm'),
    `#!/bin/sh\nmkdir -p node_modules/.bin && cp installed/culprit node_modules/.bin/\n`,
  );
  script(
    join(folder, 'tools/gh'),
    '#!/bin/sh\necho "$@" > commented\ncat result.md >> commented\n',
  );
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}\n');
  await writeDemoSuite(folder);
  const suite = join(folder, 'evals', readdirSync(join(folder, 'evals')).find(isYaml)!);
  writeFileSync(suite, readFileSync(suite, 'utf8').replace('repeats: 5', 'repeats: 1'));
}, 120_000);

test('a good version: the job passes, with a summary, a comment and JUnit XML', {
  timeout: 120_000,
}, () => {
  const done = runJob('v5');
  expect([...done].map(([name, { status }]) => [name, status])).toEqual([
    ['Install', 0],
    ['Run the suites', 0],
    ['Comment', 0],
  ]);
  expect(read('summary')).toMatch(/^<!-- culprit eval -->\n\*\*pass\*\*/);
  expect(read('commented')).toBe(
    `pr comment 7 --edit-last --create-if-none --body-file result.md\n${read('summary')}`,
  );
  const xml = new XMLParser({ ignoreAttributes: false }).parse(read('results.xml'));
  expect(xml.testsuites).toMatchObject({ '@_tests': '8', '@_failures': '0', '@_errors': '0' });
});

test('a bad version: the job fails, and the cases are marked at their line', {
  timeout: 120_000,
}, () => {
  const { status, stdout } = runJob('v5-strict').get('Run the suites')!;
  expect(status).toBe(100);
  const marks = stdout.split('\n').filter((line) => line.startsWith('::error '));
  expect(marks).toHaveLength(8);
  const [, file = '', line = '', id = ''] =
    /^::error file=([^,]+),line=(\d+),title=\w+ ([\w-]+)%3A fail::/.exec(marks[0]!) ?? [];
  expect(read(file).split('\n')[Number(line) - 1]).toContain(`id: ${id}`);
  const xml = new XMLParser({ ignoreAttributes: false }).parse(read('results.xml'));
  expect(xml.testsuites['@_failures']).toBe('8');
  expect(read('result.md')).toContain('| verdict | why |');
});
