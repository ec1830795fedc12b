import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { AttemptRecord, RunLine } from '../src/contract/eval-run.ts';
import { type JsonServer, jsonServer, sendJson } from '../src/llm/testing/json-server.ts';
import {
  anthropicServer,
  chatCompletionsServer,
  googleServer,
  openAiResponsesServer,
  type Turn,
} from '../src/llm/testing/provider-servers.ts';
import { writeSuite } from './eval-suite.ts';
import { runCulprit } from './run-culprit.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-targets-'));

beforeEach(() => {
  rmSync(folder, { recursive: true });
  writeSuite(join(folder, 'evals'), { guards: 1, controls: 1 });
});

const evaluate = (
  target: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) => runCulprit(['eval', 'evals', '--target', target, ...args], { cwd: folder, env });

const attempts = (): readonly AttemptRecord[] => {
  const runs = join(folder, 'evals/runs');
  return readFileSync(join(runs, readdirSync(runs).at(-1)!), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): RunLine => JSON.parse(line))
    .filter((line) => line.kind === 'attempt');
};

/** Looks the order up, then answers by what it found. */
const agent = (results: number): Turn =>
  results === 0
    ? { tool: 'find_order', args: { order_id: '1' } }
    : { text: 'It is lost. A new one comes.' };

describe('models', () => {
  const prompt = 'Never promise a refund.';

  const run = async (
    target: string,
    server: JsonServer<unknown>,
    env: Readonly<Record<string, string>>,
  ) => {
    writeFileSync(join(folder, 'v19.md'), prompt);
    const tools = [
      { name: 'find_order', description: 'Finds it.', parameters: { type: 'object' } },
    ];
    writeFileSync(join(folder, 'tools.json'), JSON.stringify(tools));
    const { status, stdout, stderr } = await evaluate(
      target,
      [
        ...['--prompt', 'v19.md', '--tools', 'tools.json', '--base-url', server.baseUrl],
        ...['--concurrency', '1'],
      ],
      env,
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^attempts {2}2 planned, 2 made, 2 answered, 2 judged$/m);
    const [first] = attempts();
    expect(first?.trace?.messages.map(({ role }) => role)).toEqual([
      ...['system', 'user', 'assistant', 'tool', 'assistant'],
    ]);
    expect(first?.usage).toMatchObject({ calls: 2, tokens: 220 });
    expect(first?.isLive).toBe(false);
    expect(first?.replay).toEqual({ unused: 0, different: 0, divergedAt: null });
    expect(JSON.stringify(server.received.map(({ body }) => body))).toContain(prompt);
    return server.received as JsonServer<Record<string, unknown>>['received'];
  };

  test('openai: speaks chat completions, with no package', async () => {
    await using server = await chatCompletionsServer(agent);
    const [, second] = await run('openai:m', server, { OPENAI_API_KEY: 'secret-key' });
    expect(second).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer secret-key',
      body: {
        model: 'm',
        seed: expect.any(Number),
        tools: [{ type: 'function', function: { name: 'find_order', description: 'Finds it.' } }],
        messages: [
          { role: 'system', content: prompt },
          { role: 'user' },
          { role: 'assistant', tool_calls: [{ id: 'call_1' }] },
          { role: 'tool', tool_call_id: 'call_1', content: '{"order_id":"1","status":"lost"}' },
        ],
      },
    });
  });

  test('anthropic: by @ai-sdk/anthropic, with its key', async () => {
    await using server = await anthropicServer(agent);
    const [, second] = await run('anthropic:claude-x', server, { ANTHROPIC_API_KEY: 'secret-key' });
    expect(second).toMatchObject({
      path: '/v1/messages',
      apiKey: 'secret-key',
      body: {
        model: 'claude-x',
        system: [{ type: 'text', text: prompt }],
        tools: [{ name: 'find_order', input_schema: { type: 'object' } }],
        messages: [
          { role: 'user' },
          { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find_order' }] },
          {
            role: 'user',
            content: [
              {
                ...{ type: 'tool_result', tool_use_id: 'toolu_1' },
                content: '{"order_id":"1","status":"lost"}',
              },
            ],
          },
        ],
      },
    });
  });

  test('google: by @ai-sdk/google, with signatures of thoughts sent back', async () => {
    await using server = await googleServer(agent);
    const [, second] = await run('google:gemini-x', server, {
      GOOGLE_GENERATIVE_AI_API_KEY: 'secret-key',
    });
    expect(second).toMatchObject({
      path: '/v1/models/gemini-x:generateContent',
      apiKey: 'secret-key',
      body: {
        systemInstruction: { parts: [{ text: prompt }] },
        tools: [{ functionDeclarations: [{ name: 'find_order' }] }],
        contents: [
          { role: 'user' },
          {
            role: 'model',
            parts: [{ functionCall: { name: 'find_order' }, thoughtSignature: 'c2lnbmVk' }],
          },
          { role: 'user', parts: [{ functionResponse: { name: 'find_order' } }] },
        ],
      },
    });
  });

  test('a package by its name: @ai-sdk/openai speaks the Responses API', async () => {
    await using server = await openAiResponsesServer(agent);
    const [, second] = await run('@ai-sdk/openai:gpt-x', server, { OPENAI_API_KEY: 'secret-key' });
    expect(second).toMatchObject({
      path: '/v1/responses',
      authorization: 'Bearer secret-key',
      body: { model: 'gpt-x', tools: [{ type: 'function', name: 'find_order' }] },
    });
    expect(second?.body['input']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'function_call_output', call_id: 'call_1' }),
      ]),
    );
  });

  test('the package is that of the folder in which eval runs', async () => {
    const home = join(folder, 'node_modules/@ai-sdk/acme');
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{"name":"@ai-sdk/acme","main":"main.mjs"}');
    // As a provider for version 5 of the AI SDK, which gives plain numbers of tokens.
    writeFileSync(
      join(home, 'main.mjs'),
      `const generated = {
  content: [{ type: 'text', text: 'A new one comes.' }],
  usage: { inputTokens: 5, outputTokens: 7 },
};
export const createAcme = () => ({
  languageModel: (modelId) => ({
    ...{ specificationVersion: 'v2', provider: 'acme', modelId },
    doGenerate: async () => generated,
  }),
});\n`,
    );
    const { status, stderr } = await evaluate('acme:tiny');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(attempts()[0]?.usage).toMatchObject({ tokens: 12, dollars: null });
  });

  test('a package that is not there, and one that is no provider', async () => {
    const missing = await evaluate('cohere:large');
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain(
      'the package @ai-sdk/cohere is not installed. Install it in this folder with npm install @ai-sdk/cohere',
    );
    const none = await evaluate('@ai-sdk/provider:x');
    expect(none.status).toBe(1);
    expect(none.stderr).toContain('@ai-sdk/provider exports no create… function of a provider');
  });

  test('a missing key makes the run incomplete', async () => {
    await using server = await anthropicServer(agent);
    vi.stubEnv('ANTHROPIC_API_KEY', undefined);
    const { status, stdout } = await evaluate('anthropic:claude-x', [
      ...['--base-url', server.baseUrl],
    ]);
    expect([status, server.received.length]).toEqual([2, 0]);
    expect(stdout).toMatch(/^error +no_key in 2 cases: .*ANTHROPIC_API_KEY/m);
  });
});

describe('an http endpoint', () => {
  test('gets the template with the case and headers from the environment; the answer is at a path', async () => {
    await using server = await jsonServer((_, response) =>
      sendJson(response, 200, { data: { answers: [{ text: 'A new one comes.' }] } }),
    );
    writeFileSync(
      join(folder, 'body.json'),
      JSON.stringify({ q: '{{input}}', note: 'case {{case}}, try {{repeat}}', seed: '{{seed}}' }),
    );
    const { status, stdout, stderr } = await evaluate(
      `${server.baseUrl}/ask?key=url-secret`,
      [
        ...['--request', 'body.json', '--response', 'data.answers.0.text'],
        ...['--header', 'authorization: Bearer $AGENT_TOKEN', '--header', 'x-team: blue'],
      ],
      { AGENT_TOKEN: 'header-secret' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(server.received[0]).toMatchObject({
      path: '/v1/ask?key=url-secret',
      authorization: 'Bearer header-secret',
      body: {
        ...{ q: 'Where is my order 1?', note: 'case guard-1, try 0' },
        seed: expect.any(Number),
      },
    });
    const record = readFileSync(join(folder, /^record +(.*)$/m.exec(stdout)![1]!), 'utf8');
    expect(record).not.toContain('secret');
    expect(record).not.toContain('blue');
  });

  test.each([
    {
      what: 'a variable that is not set',
      args: ['--header', 'authorization: Bearer $NO_SUCH_TOKEN'],
      says: 'NO_SUCH_TOKEN is not set in the environment',
    },
    {
      what: 'a template that is no JSON',
      args: ['--request', 'evals/promise.yaml'],
      says: '--request evals/promise.yaml: not valid JSON',
    },
    { what: 'a header that is none', args: ['--header', 'token'], says: 'give name: value' },
    {
      what: 'a prompt for an endpoint',
      args: ['--prompt', 'v19.md'],
      says: '--prompt has no effect without a model, a command or a module as the target',
    },
  ])('refuses $what', async ({ args, says }) => {
    const { status, stderr } = await evaluate('http://127.0.0.1:1/', args);
    expect(status).toBe(1);
    expect(stderr).toContain(says);
  });
});

test('a command and a module are told where prompt and tools are', async () => {
  for (const name of ['v1.txt', 'v2.txt', 'tools.json']) writeFileSync(join(folder, name), name);
  writeFileSync(
    join(folder, 'agent.ts'),
    `import { readFileSync } from 'node:fs';
const say = (...files) => ({ output: files.map((file) => readFileSync(file, 'utf8')).join(' ') });
export default (_, { promptFile, toolsFile }) => say(promptFile, toolsFile);
const { CULPRIT_PROMPT_FILE: prompt, CULPRIT_TOOLS_FILE: tools } = process.env;
if (import.meta.main) process.stdout.write(JSON.stringify(say(prompt, tools)));\n`,
  );
  const { status } = await evaluate(`cmd:${process.execPath} agent.ts`, [
    ...['--prompt', 'v2.txt', '--baseline', './agent.ts', '--baseline-prompt', 'v1.txt'],
    ...['--tools', 'tools.json', '--repeat', '1'],
  ]);
  expect(status).toBe(0);
  const said = attempts().map(({ arm, trace }) => `${arm} ${trace?.output}`);
  expect([...new Set(said)].toSorted()).toEqual([
    ...['baseline v1.txt tools.json', 'candidate v2.txt tools.json'],
  ]);
});

describe('what is tried again', () => {
  /** Fails the first requests in these ways, then answers. */
  const failing = (failures: readonly number[], headers: Readonly<Record<string, string>> = {}) =>
    jsonServer((_, response, index) => {
      const status = failures[index];
      if (status === undefined) sendJson(response, 200, { output: 'A new one comes.' });
      else sendJson(response, status, { error: 'no' }, headers);
    });

  test('infrastructure, and nothing else', async () => {
    await using server = await failing([503, 429], { 'retry-after-ms': '1' });
    const { status } = await evaluate(server.baseUrl, ['--concurrency', '1']);
    expect(status).toBe(0);
    expect(attempts().map(({ tries, usage }) => [tries, usage.calls])).toEqual([
      [3, 3],
      [1, 1],
    ]);
    expect(server.received).toHaveLength(4);
  });

  test('never a wrong answer', async () => {
    await using server = await jsonServer((_, response) =>
      sendJson(response, 200, { output: 'A refund comes.' }),
    );
    const { status } = await evaluate(server.baseUrl, ['--retries', '5']);
    expect(status).toBe(100);
    expect(server.received).toHaveLength(2);
  });

  test('never a refused request or an answer that cannot be used', async () => {
    await using refusing = await failing([400, 400]);
    expect((await evaluate(refusing.baseUrl)).status).toBe(2);
    expect(refusing.received).toHaveLength(2);
    await using odd = await jsonServer((_, response) => sendJson(response, 200, { a: 1 }));
    const { status, stdout } = await evaluate(odd.baseUrl, ['--response', 'b']);
    expect(status).toBe(2);
    expect(stdout).toContain('unreadable_output in 2 cases');
    expect(odd.received).toHaveLength(2);
  });

  test('only so often, and not beyond the budget', async () => {
    await using down = await failing(Array(20).fill(503), { 'retry-after-ms': '1' });
    const { status, stdout } = await evaluate(down.baseUrl, ['--retries', '1']);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^infrastructure {2}/m);
    expect(down.received).toHaveLength(4);
    const before = down.received.length;
    await evaluate(down.baseUrl, ['--retries', '10', '--max-calls', '3']);
    expect(down.received.length - before).toBe(3);
  });
});
