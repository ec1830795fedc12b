import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { analysisSchema } from '../src/contract/analysis.ts';
import { runCulprit } from './run-culprit.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-policy-'));
const policy = join(folder, 'policy.json');
const traces = join(folder, 'traces.jsonl');
writeFileSync(
  traces,
  Array.from({ length: 12 }, (_, index) =>
    JSON.stringify({
      id: `run-${index}`,
      ...(index < 6
        ? {
            input: `Is Acme Corp cheaper than you for plan ${index}?`,
            output: 'Yes, certainly. You can open an account on their website.',
          }
        : { input: 'Where do I see my balance?', output: 'On the first page.' }),
    }),
  ).join('\n'),
);

const culprit = (...args: readonly string[]) =>
  runCulprit(['analyze', traces, '--json', ...args], { cwd: folder });

test('the example of docs/detectors.md forbids what the starter policy allows', async () => {
  const page = readFileSync(join(root, 'docs/detectors.md'), 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  const example = examples.find((text) => text.includes('"categories"')) ?? '';
  writeFileSync(policy, example);

  const before = await culprit('--all');
  expect(analysisSchema.parse(JSON.parse(before.stdout)).options.policy).toBeNull();
  const { stdout } = await culprit('--policy', policy);
  const analysis = analysisSchema.parse(JSON.parse(stdout));
  expect(analysis.failures.map(({ category }) => category)).toEqual(
    Array(6).fill('refusal_under_trigger'),
  );
  expect(analysis.clusters[0]).toMatchObject({
    title: 'The answer helps with a request that the policy forbids: competitors',
    size: 6,
  });
  expect(analysis.options.policy).toMatchObject({
    replace: false,
    categories: ['competitors'],
    without: ['drugs'],
  });
});

test.each([
  { text: null, code: 10, says: /--policy .*policy\.json: cannot be read/ },
  { text: '{"categories": 1}', code: 1, says: /--policy .*policy\.json: categories: / },
  { text: ' '.repeat(1_000_001), code: 10, says: /1000001 bytes, over 1000000/ },
])('rejects the policy file $text with code $code and a reason', async ({ text, code, says }) => {
  if (text !== null) writeFileSync(policy, text);
  const { status, stderr } = await culprit(
    '--policy',
    text === null ? `${folder}/no-policy.json` : policy,
  );
  expect(status).toBe(code);
  expect(stderr).toMatch(says);
});
