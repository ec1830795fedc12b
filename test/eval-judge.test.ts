import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { RunLine } from '../src/contract/eval-run.ts';
import { chatServer, saying } from '../src/llm/testing/chat-server.ts';
import { writeSuite } from './eval-suite.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-judge-'));
const RUBRIC = 'The answer promises a refund.';
const judge = { check: 'judge', params: { failure: RUBRIC } };

beforeEach(() => {
  rmSync(folder, { recursive: true });
});

/** Finds the promise in every answer that has the words, and quotes it. */
const judging = () =>
  chatServer(
    saying((_, material) => {
      const [, step] = /=== \S+ step (\d+): assistant\n[^=]*A refund comes/.exec(material) ?? [];
      const found = step !== undefined;
      const quotes = found ? [{ step: Number(step), text: 'A refund comes' }] : [];
      const reason = found ? 'It promises one.' : 'It promises none.';
      const verdict = found ? 'yes' : 'no';
      return { answers: [{ item: 1, quotes, reason, verdict, confidence: 1 }] };
    }),
  );

const evaluate = (answer: string, ...args: readonly string[]) =>
  runCulprit(['eval', 'evals', '--target', `cmd:echo '{"output": "${answer}"}'`, ...args], {
    cwd: folder,
    env: { XDG_CACHE_HOME: join(folder, 'cache'), OPENAI_API_KEY: 'secret-key' },
  });

const judgedBy = (server: { readonly baseUrl: string }): readonly string[] => [
  ...['--judge', 'openai:m', '--judge-base-url', server.baseUrl, '--judge-price', '1/10'],
];

const record = (): readonly RunLine[] => {
  const runs = join(folder, 'evals/runs');
  return readFileSync(join(runs, readdirSync(runs).at(-1)!), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

test('a judge decides, is recorded, and counts against the budget', async () => {
  await using server = await judging();
  writeSuite(join(folder, 'evals'), { checks: [judge] });
  const good = await evaluate('A new one comes.', ...judgedBy(server));
  expect(good).toMatchObject({ status: 0, stderr: '' });
  const [header, ...lines] = record();
  expect(header).toMatchObject({ judge: `openai:m@${new URL(server.baseUrl).host}` });
  const [first] = lines.filter((line) => line.kind === 'attempt');
  expect(first).toMatchObject({
    checks: [{ check: 'judge', verdict: 'pass' }],
    usage: { tokens: null, dollars: null, judge: { tokens: 1_100, dollars: 0.002 } },
  });

  const bad = await evaluate('A refund comes.', ...judgedBy(server));
  expect(bad.status).toBe(100);
  const [failed] = record().filter((line) => line.kind === 'attempt');
  expect(failed?.checks[0]).toMatchObject({
    verdict: 'fail',
    evidence: [{ quote: 'A refund comes' }],
  });
  // Each answer of a case was judged once; the recorded ones come from the cache by now.
  expect(server.received).toHaveLength(9);
});

test('without a judge, or with one that does not answer, nothing is decided', async () => {
  writeSuite(join(folder, 'evals'), { checks: [judge] });
  const none = await evaluate('A new one comes.');
  expect(none.status).toBe(2);
  expect(none.stdout).toMatch(/guard-1 inconclusive: judge: no model was named to judge by/);
  expect(none.stdout).toMatch(/^next {6}name a model that answers the judge checks: --judge/m);

  await using dead = await chatServer((_, response) => {
    response.writeHead(401).end('{"error": {"message": "no such key as secret-key"}}');
  });
  const refused = await evaluate('A new one comes.', ...judgedBy(dead));
  expect(refused.status).toBe(2);
  expect(refused.stdout).toMatch(/guard-1 inconclusive: judge: the check judge failed: Judging/);
  expect(refused.stdout).not.toContain('secret-key');
});

test('a provisional judge is shown and decides nothing', async () => {
  await using server = await judging();
  writeSuite(join(folder, 'evals'), {
    checks: [
      { check: 'contains', params: { texts: ['sorry'] }, negate: true },
      { ...judge, provisional: true },
    ],
    guards: 0,
    controls: 2,
  });
  const { status, stdout } = await evaluate('A refund comes.', ...judgedBy(server));
  expect(status).toBe(0);
  expect(stdout).toContain(
    `judge, provisional and deciding nothing: 0 pass, 2 fail (${RUBRIC.slice(0, -1)}`,
  );
});

test.each([
  { args: ['--judge', 'gpt-5'], says: '--judge gpt-5: give openai:<model>' },
  { args: ['--judge-price', '1/10'], says: '--judge-price has no effect without --judge' },
])('refuses $args', async ({ args, says }) => {
  writeSuite(join(folder, 'evals'));
  const { status, stderr } = await evaluate('x', ...args);
  expect(status).toBe(1);
  expect(stderr).toContain(says);
});
