import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Analysis, analysisSchema } from '../src/contract/analysis.ts';
import { analyze, defineDetector } from '../src/culprit.ts';
import { type Ended, runCulprit } from './run-culprit.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-own-detector-'));
const traces = join(folder, 'traces.jsonl');
writeFileSync(
  traces,
  Array.from({ length: 12 }, (_, index) =>
    JSON.stringify({
      id: `run-${index}`,
      input: `Where is my parcel ${index}?`,
      output:
        index < 6
          ? `Dear customer, your parcel ${index} is guaranteed to arrive tomorrow.`
          : 'It is in Hamburg.',
    }),
  ).join('\n'),
);

let modules = 0;

/** Writes the module to a file of its own: a process loads a file only once. */
const culprit = (module: string, ...args: readonly string[]): Promise<Ended> => {
  modules += 1;
  const path = join(folder, `detector-${modules}.js`);
  writeFileSync(path, module);
  return runCulprit(['analyze', traces, '--detector', path, ...args], { cwd: folder });
};

const json = (stdout: string): Analysis => analysisSchema.parse(JSON.parse(stdout));
const countOf = ({ detectors }: Analysis, id: string) =>
  detectors.find((detector) => detector.id === id);

test('the example of docs/detectors.md finds only its target', async () => {
  const page = readFileSync(join(root, 'docs/detectors.md'), 'utf8');
  const [, module = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  expect(module).toContain('export default');
  const { stdout } = await culprit(module, '--severity', 'delivery_guarantee=5', '--json');
  const analysis = json(stdout);
  expect(countOf(analysis, 'delivery_guarantee')).toMatchObject({
    yes: 6,
    no: 6,
    unverified: 0,
    errors: 0,
  });
  expect(analysis.clusters[0]).toMatchObject({
    category: 'delivery_guarantee',
    title: 'The answer guarantees a delivery date',
    size: 6,
    severity: 5,
  });
});

const returning = (value: string) => `export default { id: 'mine', detect: (run) => ${value} };`;

test.each([
  {
    what: 'run.finding',
    module: returning(
      "run.finding({ cause: [], statement: 's', evidence: [run.quote('/output', 'words nobody wrote')] })",
    ),
  },
  {
    what: 'evidence built by hand',
    module: returning(
      "run.finding({ cause: [], statement: 's', evidence: [{ spanId: null, path: '/output', quote: 'words nobody wrote' }] })",
    ),
  },
])('$what whose quote is not in the trace is dropped, counted and reported', async ({ module }) => {
  const { stdout } = await culprit(module, '--all', '--no-out');
  expect(stdout).toContain('12 findings dropped');
  expect(stdout).toContain('mine 12');
});

test.each([
  {
    what: 'throws',
    module: returning('run.nothing.there'),
    why: /^it threw TypeError/,
  },
  {
    what: 'returns something other than findings',
    module: returning('[1]'),
    why: /^it returned something other than findings/,
  },
  {
    what: 'returns a signal of the old form',
    module: returning("[{ detector: 'mine', verdict: 'no' }]"),
    why: /^it returned a signal of the old form .* return run\.finding/,
  },
  {
    what: 'returns a promise',
    module: "export default { id: 'mine', detect: async () => [] };",
    why: /^it returned a promise/,
  },
])('counts a detector that $what, with its first error, and continues', async (example) => {
  const { status, stdout } = await culprit(example.module, '--all', '--json');
  expect(status).toBe(2);
  expect(countOf(json(stdout), 'mine')).toMatchObject({
    yes: 0,
    unknown: 12,
    errors: 12,
    firstError: expect.stringMatching(example.why),
  });
});

test('a finding with low confidence is not the cause if there is one with high confidence', async () => {
  const unsure = defineDetector({
    id: 'unsure',
    detect: (run) =>
      run.finding({
        cause: [],
        statement: 'It may have failed',
        evidence: [run.quote('/input', 'Refund')],
        confidence: 0.3,
      }),
  });
  const runs = Array.from({ length: 6 }, (_, index) => ({
    messages: [
      { role: 'user', content: `Refund order ${index}` },
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: 'call-1',
            type: 'function',
            function: { name: 'refund_order', arguments: `{"account_id": ${index}}` },
          },
        ],
      },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'refund_order',
          parameters: {
            type: 'object',
            properties: { order_id: { type: 'integer' } },
            required: ['order_id'],
            additionalProperties: false,
          },
        },
      },
    ],
  }));
  const without = (await analyze(runs)).analysis;
  const { analysis } = await analyze(runs, { detectors: [unsure] });
  expect(countOf(analysis, 'unsure')).toMatchObject({ yes: 6 });
  expect(without.failures[0]?.signals[0]).toMatchObject({ tier: 'proven' });
  expect(analysis.failures.map(({ category }) => category)).toEqual(
    without.failures.map(({ category }) => category),
  );
});

test.each([
  { what: 'an invalid module', module: 'export default {{{', says: /cannot be loaded/ },
  {
    what: 'a module without a detector',
    module: 'export const detect = 1;',
    says: /this is not a detector/,
  },
  {
    what: 'an id that is taken',
    module: "export default { id: 'agent_loop', detect: () => [] };",
    says: /the id agent_loop is taken/,
  },
])('rejects $what and names the file', async ({ module, says }) => {
  const { status, stderr } = await culprit(module);
  expect(status).toBe(1);
  expect(stderr).toMatch(says);
  expect(stderr).toContain(join(folder, `detector-${modules}.js`));
});

test('names a slow detector and its time', async () => {
  const slow = `export default { id: 'mine', detect() {
    const end = performance.now() + 100;
    while (performance.now() < end);
    return [];
  } };`;
  expect((await culprit(slow, '--all', '--json')).stderr).toMatch(
    /detector mine took \d+\.\d\ss for 12 traces, \d+\.\d ms each/,
  );
});
