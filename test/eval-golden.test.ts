import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { type SuiteParts, writeSuite } from './eval-suite.ts';
import { runCulprit } from './run-culprit.ts';

/** The whole output of one run for every verdict, as people see it. Change a file only after you have looked at it. */
const folder = mkdtempSync(join(tmpdir(), 'culprit-golden-'));

const SUITE: SuiteParts = {
  ...{ guards: 3, controls: 5, slice: 20, register: { repeats: 3 } },
  checks: [
    { check: 'contains', params: { texts: ['refund'] }, negate: true },
    { check: 'no_loop' },
    { check: 'answered' },
  ],
};

/** Versions of the agent; each gets the case, whether it is a control, and a number from its seed. */
const VERSIONS = {
  old: `isControl ? 'It is lost. A new one comes.' : 'It is lost. A refund comes.'`,
  fixed: `'It is lost. A new one comes.'`,
  loops: `isControl ? 'It is lost. A new one comes.' : loop(request)`,
  promises: `'It is lost. A refund comes.'`,
  hot: `isControl || chance < 0.5 ? 'It is lost. A new one comes.' : 'It is lost. A refund comes.'`,
  breaks: `crash()`,
} as const;

const HELPERS = `
const loop = ({ input }) => ({
  messages: [
    { role: 'user', content: input },
    ...Array.from({ length: 8 }, (_, at) => [
      { role: 'assistant', content: '', tool_calls: [
        { id: 'c' + at, type: 'function', function: { name: 'find_order', arguments: '{"order_id":"1"}' } },
      ] },
      { role: 'tool', tool_call_id: 'c' + at, name: 'find_order', content: '{"status":"lost"}' },
    ]).flat(),
    { role: 'assistant', content: 'One moment, I am looking again.' },
  ],
});
const crash = () => { throw new TypeError("cannot read properties of null (reading 'status')"); };
`;

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [name, answer] of Object.entries(VERSIONS))
    writeFileSync(
      join(folder, `${name}.mjs`),
      `${HELPERS}export default (request) => {
  const isControl = request.case.startsWith('control');
  const chance = (request.seed % 1000) / 1000;
  return ${answer};
};\n`,
    );
});

const golden = async (name: string, exit: number, ...args: readonly string[]): Promise<void> => {
  const { status, stdout, stderr } = await runCulprit(['eval', 'evals', ...args], { cwd: folder });
  const text = `${stdout}${stderr}`
    .replaceAll(/run-\d{8}-\d{9}-[0-9a-f]{6}/g, 'run-20261130-120000000-0123ab')
    .replaceAll(/run-[\d-]+-[0-9a-f]{6}/g, 'run-20261130-120000000-0123ab')
    .replaceAll(folder, 'FOLDER');
  await expect(
    `$ culprit eval evals ${args.join(' ')}\n${text}exit ${status}\n`,
  ).toMatchFileSnapshot(`golden/eval/${name}.txt`);
  expect(status).toBe(exit);
};

const against = (name: string, baseline = 'old'): readonly string[] => [
  ...['--target', `./${name}.mjs`, '--baseline', `./${baseline}.mjs`],
];

test.each([
  { name: 'improved', args: against('fixed'), exit: 0 },
  { name: 'relocated', args: against('loops'), exit: 100 },
  { name: 'regressed', args: against('promises'), exit: 100 },
  { name: 'no-evidence', args: against('old'), exit: 3 },
  { name: 'flaky-guards', args: ['--target', './hot.mjs'], exit: 3 },
  { name: 'pass', args: ['--target', './fixed.mjs'], exit: 0 },
  { name: 'fail', args: ['--target', './old.mjs'], exit: 100 },
  { name: 'error', args: ['--target', './breaks.mjs'], exit: 2 },
  { name: 'infrastructure', args: ['--target', 'cmd:exit 69', '--retries', '0'], exit: 2 },
  { name: 'incomplete', args: ['--target', './fixed.mjs', '--max-calls', '10'], exit: 2 },
  { name: 'false-alarms', args: ['--target', './hot.mjs', '--aa'], exit: 0 },
])('$name', async ({ name, args, exit }) => {
  writeSuite(join(folder, 'evals'), SUITE);
  await golden(name, exit, ...args);
});

test('broken', async () => {
  writeSuite(join(folder, 'evals'), SUITE);
  const file = join(folder, 'evals/promise.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('- refund', '- money'));
  await golden('broken', 2, '--target', './fixed.mjs');
});

test('empty', async () => {
  mkdirSync(join(folder, 'evals'));
  await golden('empty', 2, '--target', './fixed.mjs');
});
