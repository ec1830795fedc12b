import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Analysis, analysisSchema } from '../src/contract/analysis.ts';
import { chatServer, completion } from '../src/llm/testing/chat-server.ts';
import { sendJson } from '../src/llm/testing/json-server.ts';
import { demoTraces } from './demo-suite.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-label-'));
writeFileSync(join(folder, 'traces.jsonl'), demoTraces());
writeFileSync(
  join(folder, 'prices.yaml'),
  'asOf: 2026-11-30\nmodels:\n  openai:m: { input: 1, output: 10 }\n',
);

const analyze = (...args: readonly string[]) =>
  runCulprit(['analyze', 'traces.jsonl', ...args], {
    cwd: folder,
    env: { OPENAI_API_KEY: 'sk-test', XDG_STATE_HOME: join(folder, 'state') },
  });

/** Quotes the first call of the first run, invents a quote in its second sentence, and gives a title. */
const labeling = () =>
  chatServer(({ body }, response) => {
    const [, user] = body.messages;
    const text = user?.content ?? '';
    const [, step = '0', passage = ''] =
      /run 1, step (\d+): assistant calls\n[^\n{]*([^\n]*)/.exec(text) ?? [];
    const [, tool = 'x'] = /F1: [^\n]*?`([^`]+)`/.exec(text) ?? [];
    sendJson(
      response,
      200,
      completion(
        body.model,
        JSON.stringify({
          sentences: [
            {
              ...{ claim: `\`${tool}\` gets a wrong value`, finding: 'F1', run: 1 },
              ...{ step: Number(step), quote: passage },
            },
            {
              ...{ claim: 'The prompt does not say where it comes from', finding: '', run: 1 },
              ...{ step: 1, quote: 'words that nobody wrote' },
            },
          ],
          ...{ title: 'A wrong value is passed', category: 'no_such', layer: 'prompt' },
        }),
      ),
    );
  });

test('a label model proposes, code checks, and a second run asks nothing', async () => {
  await using server = await labeling();
  const model = [
    ...['--label-model', `openai:m@${server.baseUrl}`, '--prices', 'prices.yaml'],
    ...['--label-max-cost', '1'],
  ];
  const first = await analyze(...model);
  expect(first).toMatchObject({ status: 0 });
  expect(first.stderr).toMatch(
    /^openai:m@127\.0\.0\.1:\d+: \d+ calls, [\d,]+ tokens in and [\d,]+ out, 0\.\d+\sUSD at prices of 2026-11-30$/m,
  );
  expect(first.stdout).toContain(`What openai:m@${new URL(server.baseUrl).host} proposes`);
  expect(first.stdout).toMatch(/^ {2}1 {2}A wrong value is passed \(fix in prompt\)$/m);
  expect(first.stdout).toMatch(/^ {5}(?:confirmed|supported) {3}`\w+` gets a wrong value$/m);
  expect(first.stdout).toMatch(/^ {5}hypothesis {2}The prompt does not say where it comes from$/m);
  expect(first.stdout).not.toContain('words that nobody wrote');
  const asked = server.received.length;
  expect(asked).toBeGreaterThan(1);

  const second = await analyze(...model, '--json');
  expect(server.received.length).toBe(asked);
  expect(second.stderr).toMatch(new RegExp(`0 calls.*0.*USD.*${asked} answers kept from before`));
  const analysis: Analysis = analysisSchema.parse(JSON.parse(second.stdout));
  expect(analysis.narrating).toMatchObject({ asked, answered: asked, problem: null });
  const [cause] = analysis.clusters;
  expect(cause?.title).not.toBe('A wrong value is passed');
  expect(cause?.narrative).toMatchObject({
    ...{ title: 'A wrong value is passed', category: null, layer: 'prompt', dropped: 1 },
    ...{
      prompt: 'narrative 1',
      claims: [{ quote: { quote: expect.any(String) } }, { quote: null }],
    },
  });
  expect(readFileSync(join(folder, 'culprit-report.html'), 'utf8')).toContain(
    'A wrong value is passed',
  );
});

test('a budget ends it, and says so', async () => {
  await using server = await labeling();
  const { status, stdout } = await analyze(
    ...['--label-model', `openai:other@${server.baseUrl}`, '--label-max-calls', '1', '--no-out'],
  );
  expect(status).toBe(0);
  expect(server.received.length).toBe(1);
  expect(stdout).toMatch(/1 of 2 without an answer: the budget of 1 calls is used up/);
});

test.each([
  {
    args: ['--label-model', 'openai:m@http://127.0.0.1:9/v1', '--label-max-cost', '1'],
    says: /--label-max-cost 1: the price of openai:m is not known here.*--prices:\nmodels:\n {2}"openai:m": \{ input: /s,
  },
  // A list price is that of OpenAI, and says nothing of another address.
  {
    args: ['--label-model', 'openai:gpt-5@http://127.0.0.1:9/v1', '--label-max-cost', '1'],
    says: /the price of openai:gpt-5 is not known here/,
  },
  {
    args: ['--label-max-calls', '3'],
    says: /--label-max-calls needs a model: name one with --label-model/,
  },
  { args: ['--label-model', 'm'], says: /--label-model m: give openai:<model>/ },
  {
    args: ['--label-model', 'openai:m', '--label-max-cost', 'free'],
    says: /--label-max-cost: give US dollars/,
  },
])('rejects $args', async ({ args, says }) => {
  const { status, stderr } = await analyze(...args);
  expect([status, stderr]).toEqual([1, expect.stringMatching(says)]);
});
