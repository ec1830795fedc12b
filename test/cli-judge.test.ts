import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { analysisSchema } from '../src/contract/analysis.ts';
import { type ChatAnswer, chatServer, itemsIn, saying } from '../src/llm/testing/chat-server.ts';
import { sendJson } from '../src/llm/testing/json-server.ts';
import { runCulprit } from './run-culprit.ts';

const root = resolve(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'culprit-judge-'));
const traces = join(folder, 'traces.jsonl');
const CHECK = 'The answer promises a refund without calling refund_order';

/** 12 runs with a low score, 8 of them because a refund was only promised; 30 runs with a good score, 10 with the same fault. */
writeFileSync(
  traces,
  Array.from({ length: 42 }, (_, index) => {
    const low = index < 12;
    const promised = index < 8 || index >= 32;
    return JSON.stringify({
      id: `run-${index}`,
      messages: [
        { role: 'user', content: `Please refund order ${index}` },
        {
          role: 'assistant',
          content: promised
            ? `Your refund for order ${index} is on its way.`
            : `Order ${index} cannot be refunded any more, it is too old.`,
        },
      ],
      scores: [{ name: 'quality', value: low ? 0.1 : 0.9 }],
    });
  }).join('\n'),
);

/** Answers yes to promises and quotes them; for order 3, it invents the quote. */
const honest: ChatAnswer = saying((system, user) => ({
  answers: itemsIn(system).map((_, index) => {
    const [promise] = /Your refund for order \d+ is on its way/.exec(user) ?? [];
    const quote = promise?.includes('order 3 ') ? 'I promise you a refund' : promise;
    return {
      item: index + 1,
      quotes: quote === undefined ? [] : [{ step: 2, text: quote }],
      reason: 'Only words.',
      verdict: promise === undefined ? 'no' : 'yes',
      confidence: 0.9,
    };
  }),
}));

const culprit = (baseUrl: string, ...args: readonly string[]) =>
  runCulprit(['analyze', traces, '--score', 'quality<0.5', '--base-url', baseUrl, ...args], {
    cwd: folder,
    env: { OPENAI_API_KEY: 'sk-test', XDG_CACHE_HOME: folder },
  });
const judged = ['--check', `${CHECK}.`, '--judge', 'openai:gpt-4o-mini'];

test('a check names the cause of unexplained failures; the second run sends no request', async () => {
  await using server = await chatServer(honest);
  const first = await culprit(server.baseUrl, ...judged, '--json');
  expect(server.received.length).toBe(12);
  expect(server.received[0]).toMatchObject({
    path: '/v1/chat/completions',
    authorization: 'Bearer sk-test',
    body: { model: 'gpt-4o-mini', temperature: 0 },
  });
  const lines = first.stderr.split('\n');
  expect(lines[0]).toMatch(
    /^asking gpt-4o-mini: 12 requests, about [\d,]+ tokens in and 1,200 out, about 0\.00\d\d\u00a0USD; 0 answers from the cache$/,
  );
  // 12 requests of 1,000 tokens in at $0.15 and 100 out at $0.60 per million.
  expect(lines[1]).toBe('asked in 12 requests, 12,000 tokens in and 1,200 out, 0.0025\u00a0USD');

  const analysis = analysisSchema.parse(JSON.parse(first.stdout));
  const name = 'answer_promises_refund_without_calling_refund';
  expect(analysis.clusters[0]).toMatchObject({
    title: CHECK,
    category: name,
    size: 7,
    severity: 3,
  });
  expect(analysis.clusters[0]?.evidence[0]?.quote).toMatch(
    /^Your refund for order \d+ is on its way$/,
  );
  expect(analysis.detectors.find(({ id }) => id === name)).toMatchObject({
    yes: 7,
    no: 4,
    unverified: 1,
    errors: 0,
  });
  expect(analysis.judging).toMatchObject({
    judge: expect.stringMatching(/^openai:gpt-4o-mini@127\.0\.0\.1:\d+$/),
    checks: [{ name, text: CHECK, severity: 3 }],
    failures: 12,
    passing: 0,
    unanswered: 0,
    inputTokens: 12_000,
    outputTokens: 1_200,
    cost: expect.closeTo(0.00252, 9),
  });

  const second = await culprit(server.baseUrl, ...judged, '--json');
  expect(server.received.length).toBe(12);
  expect(second.stdout).toBe(first.stdout);
  expect(second.stderr).toMatch(/0 requests.*; 12 answers from the cache/);
});

test('judges passing traces on request and weights the failures found among them', async () => {
  await using server = await chatServer(honest);
  const { stdout } = await culprit(server.baseUrl, ...judged, '--judge-passing', '100', '--json');
  const { judging, funnel, clusters } = analysisSchema.parse(JSON.parse(stdout));
  expect(judging).toMatchObject({ failures: 12, passing: 30, found: 10 });
  expect(funnel.find(({ name }) => name === 'failed')?.count).toBe(22);
  expect(clusters[0]).toMatchObject({ title: CHECK, size: 17, population: 17 });
});

test('takes names, severity and layer from a file; terminal and report show the checks and dropped claims', async () => {
  await using server = await chatServer(honest);
  const page = readFileSync(join(root, 'docs/detectors.md'), 'utf8');
  const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text ?? '');
  const checks = join(folder, 'checks.json');
  writeFileSync(checks, examples.find((text) => text.includes('"refund_promised"')) ?? '');
  const report = join(folder, 'report.html');
  const { stdout } = await culprit(
    server.baseUrl,
    ...['--check-file', checks, '--judge', 'openai:gpt-4o-mini', '--out', report],
  );
  expect(stdout).toContain('1   The answer promises a refund without');
  expect(stdout).toContain('●●●●○');
  expect(stdout).toMatch(/gpt-4o-mini@\S+ judged 12 failures and 0 passing traces by 1 check/);
  expect(stdout).toContain(
    '1 finding dropped because the quote is not in the trace: refund_promised 1',
  );
  const [, data = ''] =
    /<script[^>]*type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(
      readFileSync(report, 'utf8'),
    ) ?? [];
  expect(data).toContain('refund_promised');
});

test('without a check, the model names the causes of unexplained failures', async () => {
  await using server = await chatServer(
    saying((system, user) => ({
      answers: itemsIn(system).map((item, index) => {
        const [quote] = /Order \d+ cannot be refunded any more/.exec(user) ?? [];
        const yes = quote !== undefined && item.startsWith('The answer omits part');
        return {
          item: index + 1,
          quotes: yes ? [{ step: 2, text: quote }] : [],
          reason: '',
          verdict: yes ? 'yes' : 'no',
          confidence: 0.7,
        };
      }),
    })),
  );
  const { stdout } = await culprit(server.baseUrl, '--judge', 'openai:gpt-4o-mini', '--json');
  const { failures, judging } = analysisSchema.parse(JSON.parse(stdout));
  expect(judging).toMatchObject({ failures: 12, passing: 0 });
  expect(judging?.checks.length).toBe(12);
  expect(failures.filter(({ category }) => category === 'incomplete_answer').length).toBe(4);
  expect(failures.filter(({ category }) => category === null).length).toBe(8);
});

test('exits with code 21, address and status if the endpoint refuses the key', async () => {
  await using server = await chatServer((_request, response) => {
    sendJson(response, 401, { error: { message: 'bad key' } });
  });
  expect(await culprit(server.baseUrl, ...judged)).toMatchObject({
    status: 21,
    stderr: expect.stringMatching(
      new RegExp(`${server.baseUrl}/chat/completions failed \\(status 401.*Check the API key`),
    ),
  });
});

test.each([
  { args: ['--check', 'No greeting'], says: /--judge openai:<model>/ },
  { args: ['--check', 'No greeting', '--judge', 'm'], says: /--judge m: give openai:<model>/ },
  { args: ['--judge', 'openai:m', '--judge-price', 'free'], says: /two prices/ },
  {
    args: ['--judge', 'openai:m', '--judge-max-cost', '1'],
    says: /--judge-max-cost 1: the price of openai:m is not known here/,
  },
  { args: ['--check-file', 'no-such-file', '--judge', 'openai:m'], code: 10, says: /no-such-file/ },
])('rejects $args with a message', async ({ args, says, code = 1 }) => {
  expect(await culprit('http://127.0.0.1:9/v1', ...args)).toMatchObject({
    status: code,
    stderr: expect.stringMatching(says),
  });
});
