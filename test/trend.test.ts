import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trendSchema } from '../src/contract/trend.ts';
import { statementText } from '../src/text/statement.ts';
import { runCulprit } from './run-culprit.ts';

/** Ten days with 20 traces each; from the sixth on, with version v2, half of the answers are refusals. */
const rows = Array.from({ length: 200 }, (_, at) => {
  const day = Math.floor(at / 20);
  const isNew = day >= 5;
  const refused = isNew && at % 2 === 0;
  return {
    trace_id: `t${at}`,
    prompt_version: isNew ? 'v2' : 'v1',
    metadata: { arm: at % 2 === 0 ? 'a' : 'b' },
    start_time: new Date(Date.UTC(2026, 5, 1 + day, at % 20)).toISOString(),
    messages: [
      { role: 'user', content: `How long does it take to send order ${at} to Oslo, please?` },
      {
        role: 'assistant',
        content: refused
          ? 'I’m sorry, but I can’t help with that.'
          : 'It takes three days to Oslo.',
      },
    ],
    scores: { helpfulness: refused ? 0.2 : 0.9 },
  };
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'culprit-trend-'));
  writeFileSync(
    join(folder, 'traces.jsonl'),
    rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));
const culprit = (...args: readonly string[]) =>
  runCulprit(['trend', 'traces.jsonl', ...args], { cwd: folder });

test('shows where causes and scores moved, with the version that appeared', async () => {
  const { stdout, status } = await culprit('--by', 'day', '--json');
  expect(status).toBe(0);
  const trend = trendSchema.parse(JSON.parse(stdout));
  expect(trend.groups).toHaveLength(10);
  expect(trend.releases).toMatchObject([{ value: 'v2', group: 5 }]);
  const [cause] = trend.causes;
  expect(cause!.changePoints).toMatchObject([
    { group: 5, before: 0, after: 500, releases: ['v2'] },
  ]);
  const score = trend.scores.find(({ name }) => name === 'helpfulness');
  expect(score).toMatchObject({
    good: 'high',
    changePoints: [{ group: 5, before: 0.9, after: 0.55 }],
  });
  expect(statementText(trend.headline)).toContain('rose on June 6, from 0 to 500 per 1,000 traces');
});

test('shows versions by default, and fits a narrow terminal', async () => {
  const { stdout } = await culprit();
  expect(stdout).toMatch(/^\nv1 → v2: one new cause\n/);
  expect(stdout).toContain('200 traces by promptVersion');
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(110);
});

test('says what can be shown instead of an attribute that no trace has', async () => {
  const { stderr, status } = await culprit('--by', 'versoin');
  expect(status).toBe(1);
  expect(stderr).toMatch(/^error --by: no trace has versoin/);
});
