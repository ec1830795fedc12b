import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AttemptRequest } from '../../contract/eval-target.ts';
import type { Json } from '../../contract/json.ts';
import type { Replay } from '../../contract/replay.ts';

/** Serves recorded tool results on this machine, at an address of its own for each attempt. */
export interface ToolServer extends AsyncDisposable {
  /** The address of an attempt, and what forgets it. */
  readonly open: (
    replay: Replay,
    tools: AttemptRequest['tools'],
  ) => { readonly url: string; readonly close: () => void };
}

interface Attempt {
  readonly replay: Replay;
  readonly tools: AttemptRequest['tools'];
}

/** Larger bodies are refused. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * `POST <url>` with `{name, arguments}` gives `{result, isError}`, `GET <url>` the tools, and `<url>/mcp` is the same as
 * an MCP server (streamable HTTP, without sessions).
 */
export async function toolServer(): Promise<ToolServer> {
  const attempts = new Map<string, Attempt>();
  const server = createServer((request, response) => {
    answer(request, attempts).then(
      ({ status, body }) => send(response, status, body),
      (error: unknown) => send(response, 400, { error: String(error) }),
    );
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  return {
    open: (replay, tools) => {
      const key = randomBytes(16).toString('hex');
      attempts.set(key, { replay, tools });
      return {
        url: `http://127.0.0.1:${port}/${key}`,
        close: () => {
          attempts.delete(key);
        },
      };
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly body: object | null;
}

async function answer(
  request: IncomingMessage,
  attempts: ReadonlyMap<string, Attempt>,
): Promise<Reply> {
  const [, key = '', rest = ''] = (request.url ?? '').split('/');
  const attempt = attempts.get(key);
  if (attempt === undefined)
    return { status: 404, body: { error: 'no such attempt, or it has ended' } };
  if (rest !== '' && rest !== 'mcp')
    return { status: 404, body: { error: `no such path: ${rest}` } };
  if (request.method === 'GET' && rest === '')
    return { status: 200, body: { tools: attempt.tools } };
  if (request.method !== 'POST') return { status: 405, body: { error: 'POST a call' } };
  const body = await bodyOf(request);
  return rest === 'mcp' ? mcpReply(body, attempt) : callReply(body, attempt);
}

function callReply(body: unknown, { replay }: Attempt): Reply {
  const { name, arguments: args } = fields(body);
  if (typeof name !== 'string')
    return { status: 400, body: { error: 'give {"name": "tool", "arguments": {}}' } };
  return { status: 200, body: replay.call(name, (args ?? {}) as Json) };
}

/** JSON-RPC as MCP uses it: initialize, ping, tools/list, tools/call; notifications are taken. */
function mcpReply(body: unknown, { replay, tools }: Attempt): Reply {
  const { id, method, params } = fields(body);
  if (id === undefined) return { status: 202, body: null };
  const reply = (result: object): Reply => ({ status: 200, body: { jsonrpc: '2.0', id, result } });
  switch (method) {
    case 'initialize':
      return reply({
        protocolVersion: fields(params).protocolVersion ?? '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 'culprit-replay', version: '1' },
      });
    case 'ping':
      return reply({});
    case 'tools/list':
      return reply({
        tools: tools.map(({ name, description, parameters }) => ({
          ...{ name, description },
          inputSchema: parameters ?? { type: 'object' },
        })),
      });
    case 'tools/call': {
      const { name, arguments: args } = fields(params);
      const { result, isError } = replay.call(String(name), (args ?? {}) as Json);
      return reply({ content: [{ type: 'text', text: result }], isError });
    }
    default: {
      const error = { code: -32601, message: `no method ${String(method)}` };
      return { status: 200, body: { jsonrpc: '2.0', id, error } };
    }
  }
}

interface Fields {
  readonly [field: string]: unknown;
  readonly id?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
  readonly name?: unknown;
  readonly arguments?: unknown;
  readonly protocolVersion?: unknown;
}

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error(`a body of more than ${MAX_BODY} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, body: object | null): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(body === null ? undefined : JSON.stringify(body));
}
