import { expect, test } from 'vitest';
import type { Replay } from '../../contract/replay.ts';
import { toolServer } from './tool-server.ts';

const asked: unknown[] = [];
const replay: Replay = {
  call: (name, args) => {
    asked.push([name, args]);
    return { result: `${name} done`, isError: name === 'bad' };
  },
  wasAsked: () => false,
  report: () => ({ unused: 0, different: 0, divergedAt: null }),
};
const tools = [{ name: 'find', description: 'Finds.', parameters: null }];

test('recorded results come over HTTP and as an MCP server, at an address of the attempt', async () => {
  await using server = await toolServer();
  const { url, close } = server.open(replay, tools);
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };
  expect(await (await fetch(url)).json()).toEqual({ tools });
  expect(await post('', { name: 'find', arguments: { id: 1 } })).toEqual({
    status: 200,
    body: { result: 'find done', isError: false },
  });
  expect(asked).toEqual([['find', { id: 1 }]]);
  expect((await post('', { tool: 'find' })).status).toBe(400);

  const rpc = (method: string, params: object) =>
    post('/mcp', { jsonrpc: '2.0', id: 1, method, params });
  expect((await rpc('initialize', { protocolVersion: '2025-03-26' })).body.result).toMatchObject({
    protocolVersion: '2025-03-26',
    capabilities: { tools: {} },
  });
  expect((await post('/mcp', { method: 'notifications/initialized' })).status).toBe(202);
  expect((await rpc('tools/list', {})).body.result.tools).toEqual([
    { name: 'find', description: 'Finds.', inputSchema: { type: 'object' } },
  ]);
  expect((await rpc('tools/call', { name: 'bad', arguments: {} })).body.result).toEqual({
    content: [{ type: 'text', text: 'bad done' }],
    isError: true,
  });
  expect((await rpc('resources/list', {})).body.error.code).toBe(-32601);

  close();
  expect((await post('', { name: 'find' })).status).toBe(404);
});
