import { resolve } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as EarlierStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as EarlierHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

/** What a client is told of a tool. */
interface ListedTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly annotations?:
    | {
        readonly readOnlyHint?: boolean | undefined;
        readonly destructiveHint?: boolean | undefined;
      }
    | undefined;
}

export interface ToolResult {
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
  readonly isError: boolean;
}

/** A connected client of the official SDK. */
export interface McpClient {
  readonly instructions: string;
  readonly tools: () => Promise<readonly ListedTool[]>;
  readonly call: (name: string, given?: Readonly<Record<string, unknown>>) => Promise<ToolResult>;
  readonly close: () => Promise<void>;
}

type Place =
  | {
      readonly kind: 'stdio';
      readonly args: readonly string[];
      readonly cwd: string;
      readonly env?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'http'; readonly url: string; readonly headers?: Record<string, string> };

const MAIN = resolve(import.meta.dirname, '../src/cli/main.ts');
const ABOUT = { name: 'a test', version: '1.0.0' };

/** The client of the eras up to 2025-11-25: `@modelcontextprotocol/sdk` 1.x. */
async function earlierClient(place: Place): Promise<McpClient> {
  const client = new EarlierClient(ABOUT);
  const transport =
    place.kind === 'stdio'
      ? new EarlierStdio(processOf(place))
      : new EarlierHttp(new URL(place.url), { requestInit: { headers: place.headers ?? {} } });
  await client.connect(transport as Parameters<typeof client.connect>[0]);
  return {
    instructions: client.getInstructions() ?? '',
    tools: async () => (await client.listTools()).tools,
    call: async (name, given = {}) =>
      resultOf(await client.callTool({ name, arguments: given }, undefined, { timeout: PATIENCE })),
    close: () => client.close(),
  };
}

/** The client of 2026-07-28, pinned to it: `@modelcontextprotocol/client` 2.x. */
async function presentClient(place: Place): Promise<McpClient> {
  const client = new Client(ABOUT, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  const transport =
    place.kind === 'stdio'
      ? new StdioClientTransport(processOf(place))
      : new StreamableHTTPClientTransport(new URL(place.url), {
          requestInit: { headers: place.headers ?? {} },
        });
  await client.connect(transport);
  return {
    instructions: client.getInstructions() ?? '',
    tools: async () => (await client.listTools()).tools,
    call: async (name, given = {}) =>
      resultOf(await client.callTool({ name, arguments: given }, { timeout: PATIENCE })),
    close: () => client.close(),
  };
}

/** Milliseconds that a call may take: a run of a suite starts a process for each attempt. */
const PATIENCE = 300_000;

const processOf = ({ args, cwd, env = {} }: Extract<Place, { kind: 'stdio' }>) => ({
  command: process.execPath,
  args: [MAIN, 'mcp', ...args],
  cwd,
  env: { ...(process.env as Record<string, string>), NO_COLOR: '1', ...env },
});

function resultOf(result: object): ToolResult {
  const { content, structuredContent, isError } = result as {
    readonly content: readonly { readonly type: string; readonly text: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
    readonly isError?: boolean;
  };
  return {
    text: content.map(({ text }) => text).join('\n'),
    structured: structuredContent ?? {},
    isError: isError === true,
  };
}

/** Clients of both eras of the protocol, by its version. */
export const CLIENTS = [
  { era: '2025-11-25', connect: earlierClient },
  { era: '2026-07-28', connect: presentClient },
] as const;
