import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Analysis, analysisSchema } from '../src/contract/analysis.ts';

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

const culprit = (module: string, ...args: readonly string[]) => {
  const path = join(folder, 'detector.js');
  writeFileSync(path, module);
  return spawnSync(
    process.execPath,
    [resolve(root, 'src/cli/main.ts'), 'analyze', traces, '--detector', path, ...args],
    { encoding: 'utf8', cwd: folder },
  );
};

const json = (stdout: string): Analysis => analysisSchema.parse(JSON.parse(stdout));
const countOf = ({ detectors }: Analysis, id: string) =>
  detectors.find((detector) => detector.id === id);

test('the example of docs/detectors.md finds what it is for and leaves the rest alone', () => {
  const page = readFileSync(join(root, 'docs/detectors.md'), 'utf8');
  const [, module = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  expect(module).toContain('export default');
  const analysis = json(culprit(module, '--severity', 'delivery_guarantee=5', '--json').stdout);
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

const says = (signal: string) => `export default { id: 'mine', detect: (trace) => [${signal}] };`;
const claim = (quote: string) =>
  says(
    `{ detector: 'mine', verdict: 'yes', category: 'mine', confidence: 1, spanId: null, summary: 's', fingerprint: 'mine', evidence: [{ spanId: null, path: '/output', quote: ${quote} }] }`,
  );

test('a claim whose quote is not in the trace is dropped, counted and named', () => {
  const { stdout } = culprit(claim("'words nobody wrote'"), '--all', '--no-out');
  expect(stdout).toContain('12 claims dropped, the quote is not in the trace: mine 12');
});

test.each([
  {
    what: 'throws',
    module: "export default { id: 'mine', detect(trace) { return trace.nothing.there; } };",
    why: /^it threw TypeError/,
  },
  {
    what: 'returns no signal',
    module: says('{ verdict: "maybe" }'),
    why: /^it returned no list of signals/,
  },
  {
    what: 'returns a promise',
    module: "export default { id: 'mine', detect: async () => [] };",
    why: /^it returned a promise/,
  },
])('a detector that $what ends nothing and is counted, with its first message', (example) => {
  const { status, stdout } = culprit(example.module, '--all', '--json');
  expect(status).toBe(0);
  expect(countOf(json(stdout), 'mine')).toMatchObject({
    yes: 0,
    unknown: 12,
    errors: 12,
    firstError: expect.stringMatching(example.why),
  });
});

test.each([
  { what: 'no module', module: 'export default {{{', says: /cannot be loaded/ },
  {
    what: 'no detector',
    module: 'export const detect = 1;',
    says: /its default export is no detector/,
  },
  {
    what: 'an id that is taken',
    module: "export default { id: 'agent_loop', detect: () => [] };",
    says: /the id agent_loop is taken/,
  },
])('$what is refused with the file named', ({ module, says }) => {
  const { status, stderr } = culprit(module);
  expect(status).toBe(2);
  expect(stderr).toMatch(says);
  expect(stderr).toContain(join(folder, 'detector.js'));
});

test('a slow detector is named with its time', () => {
  const slow = `export default { id: 'mine', detect() {
    const end = performance.now() + 100;
    while (performance.now() < end);
    return [];
  } };`;
  expect(culprit(slow, '--all', '--json').stderr).toMatch(
    /detector mine took 1\.\d s for 12 traces, \d+\.\d ms each/,
  );
});
