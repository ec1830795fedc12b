import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AttemptRecord, RunLine } from '../src/contract/eval-run.ts';
import { writeSuite } from './eval-suite.ts';
import { runCulprit } from './run-culprit.ts';

/**
 * An agent in a process of its own: asks its tools, then says what became of the order. It is a command, or serves HTTP;
 * it finds its tools over HTTP or by the client of the MCP SDK.
 */
const AGENT = `
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from '${import.meta.resolve('@modelcontextprotocol/sdk/client/index.js')}';
import { StreamableHTTPClientTransport } from '${import.meta.resolve('@modelcontextprotocol/sdk/client/streamableHttp.js')}';

async function overHttp(url) {
  const { tools } = await (await fetch(url)).json();
  return {
    names: tools.map(({ name }) => name),
    call: async (name, args) => {
      const body = JSON.stringify({ name, arguments: args });
      return (await (await fetch(url, { method: 'POST', body })).json()).result;
    },
    close: async () => {},
  };
}

async function overMcp(url) {
  const client = new Client({ name: 'agent', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  const { tools } = await client.listTools();
  return {
    names: tools.map(({ name }) => name),
    call: async (name, args) =>
      (await client.callTool({ name, arguments: args })).content[0].text,
    close: () => client.close(),
  };
}

async function answer(kind, { input }, toolsUrl, mcpUrl) {
  const [way, does] = kind.split('-');
  if (does === 'alone') return { output: 'A new one comes.' };
  const tools = await (way === 'mcp' ? overMcp(mcpUrl) : overHttp(toolsUrl));
  if (!tools.names.includes('find_order')) throw new Error('no find_order');
  const id = does === 'other' ? 'X-1' : /\\d+/.exec(input)[0];
  const found = await tools.call('find_order', { order_id: id });
  const messages = [
    { role: 'user', content: input },
    {
      role: 'assistant',
      content: does === 'hasty' ? 'A refund comes.' : '',
      tool_calls: [call('a', 'find_order', { order_id: id })],
    },
    { role: 'tool', tool_call_id: 'a', name: 'find_order', content: found },
  ];
  if (does === 'more' || does === 'hasty') {
    const sent = await tools.call('send_parcel', { order_id: id });
    messages.push({ role: 'assistant', content: '', tool_calls: [call('b', 'send_parcel', {})] });
    messages.push({ role: 'tool', tool_call_id: 'b', name: 'send_parcel', content: sent });
  }
  await tools.close();
  const { status = 'unknown' } = found.startsWith('{') ? JSON.parse(found) : {};
  messages.push({ role: 'assistant', content: 'It is ' + status + '. A new one comes.' });
  return { messages };
}

const call = (id, name, args) => ({
  id, type: 'function', function: { name, arguments: JSON.stringify(args) },
});

const kind = process.argv[2];
if (kind !== 'serve') {
  const { CULPRIT_TOOLS_URL, CULPRIT_MCP_URL } = process.env;
  const given = JSON.parse(await text(process.stdin));
  console.log(JSON.stringify(await answer(kind, given, CULPRIT_TOOLS_URL, CULPRIT_MCP_URL)));
} else {
  const server = createServer(async (request, response) => {
    const { headers, url } = request;
    const given = JSON.parse(await text(request));
    const tools = headers['x-culprit-tools-url'];
    const done = await answer(url.slice(1), given, tools, headers['x-culprit-mcp-url']);
    response.end(JSON.stringify(done));
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
}
`;

const folder = mkdtempSync(join(tmpdir(), 'culprit-replay-'));
const file = join(folder, 'agent.mjs');
writeFileSync(file, AGENT);
const process_ = spawn(process.execPath, [file, 'serve'], { stdio: ['ignore', 'pipe', 'inherit'] });
let address = '';

beforeAll(async () => {
  const [port] = await once(process_.stdout, 'data');
  address = `http://127.0.0.1:${String(port).trim()}`;
}, 60_000);

afterAll(() => {
  process_.kill();
});

beforeEach(() => {
  rmSync(join(folder, 'evals'), { recursive: true, force: true });
  writeSuite(join(folder, 'evals'), { guards: 1, controls: 1 });
});

const evaluate = async (target: string, mode: string) => {
  const args = ['eval', 'evals', '--target', target, '--tool-results', mode];
  const { status, stdout, stderr } = await runCulprit(args, { cwd: folder });
  expect(stderr).toBe('');
  const runs = join(folder, 'evals/runs');
  const attempts = readFileSync(join(runs, readdirSync(runs).at(-1)!), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): RunLine => JSON.parse(line))
    .filter((line): line is AttemptRecord => line.kind === 'attempt');
  return { status, stdout, attempts };
};

const spread = (attempts: readonly AttemptRecord[]) =>
  attempts.map(({ isLive, replay, checks }) => ({
    ...{ isLive, replay },
    verdicts: checks.map(({ verdict }) => verdict),
  }));

describe.each(['http', 'mcp'])('tools over %s', (way) => {
  test('an agent that serves HTTP gets the recorded results', async () => {
    const { status, stdout, attempts } = await evaluate(`${address}/${way}-same`, 'strict');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^replay {4}2 attempts got recorded tool results$/m);
    const replay = { unused: 0, different: 0, divergedAt: null };
    expect(spread(attempts)).toEqual([
      { isLive: false, replay, verdicts: ['pass'] },
      { isLive: false, replay, verdicts: ['pass'] },
    ]);
    expect(attempts[0]?.trace?.output).toBe('It is lost. A new one comes.');
  });

  test('an agent that is a command, too', async () => {
    const { status, attempts } = await evaluate(`cmd:node ${file} ${way}-same`, 'fifo');
    expect(status).toBe(0);
    expect(attempts.map(({ replay }) => replay?.divergedAt)).toEqual([null, null]);
  });
});

test('arguments that differ: counted in fifo, the end of the replay in strict', async () => {
  const fifo = await evaluate(`${address}/http-other`, 'fifo');
  expect(fifo.status).toBe(0);
  expect(fifo.stdout).toMatch(/^replay .*, 2 calls with other arguments$/m);
  const strict = await evaluate(`${address}/http-other`, 'strict');
  expect(strict.status).toBe(2);
  expect(strict.stdout).toMatch(/^incomplete {2}no check could decide any attempt$/m);
  expect(strict.stdout).toMatch(/^next {6}run it with --tool-results live: /m);
  expect(strict.stdout).toMatch(
    /^replay .*, 2 results not asked for, 2 ended at a call that was not recorded$/m,
  );
  expect(spread(strict.attempts)[0]).toEqual({
    ...{ isLive: false, verdicts: ['cannot_tell'] },
    replay: { unused: 1, different: 0, divergedAt: 0 },
  });
});

test('a call that was not recorded makes a case inconclusive, unless its check had failed before', async () => {
  const { status, attempts } = await evaluate(`${address}/http-more`, 'fifo');
  expect(status).toBe(2);
  expect(spread(attempts)[0]).toMatchObject({
    ...{ replay: { divergedAt: 1 }, verdicts: ['cannot_tell'] },
  });
  const hasty = await evaluate(`${address}/http-hasty`, 'fifo');
  expect(hasty.status).toBe(100);
  expect(spread(hasty.attempts)[0]).toMatchObject({ verdicts: ['fail'] });
});

test('a target that asks for nothing ran live, and the record says so', async () => {
  const { status, stdout, attempts } = await evaluate(`${address}/http-alone`, 'fifo');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^note {6}2 attempts ran live: the target asked for no recorded result$/m);
  expect(spread(attempts)[0]).toEqual({ isLive: true, replay: null, verdicts: ['pass'] });
});

test('the address of an attempt ends with it', async () => {
  const late = join(folder, 'late.mjs');
  writeFileSync(
    late,
    `import { writeFileSync } from 'node:fs';
export default async (_, { toolsUrl }) => {
  writeFileSync('${join(folder, 'url.txt')}', toolsUrl);
  return 'A new one comes.';
};\n`,
  );
  await evaluate(late, 'fifo');
  const url = readFileSync(join(folder, 'url.txt'), 'utf8');
  await expect(fetch(url)).rejects.toThrow();
});
