import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelEndpoint } from '../src/llm/call/label-endpoint.ts';
import { judgeEndpoint } from '../src/llm/judge/judge-endpoint.ts';
import { analyzeStored } from '../src/server/analysis/analyze-stored.ts';
import type { RunningServer } from '../src/server/running-server.ts';
import type { ServerOptions } from '../src/server/server-options.ts';
import { startServer } from '../src/server/start-server.ts';
import { suiteWorkHere } from '../src/server/suites/suite-work.ts';
import { openTelemetryStore } from '../src/store/telemetry/telemetry.ts';
import { openWorkspace } from '../src/store/workspace/workspace.ts';
import { threadHere } from '../src/testing/test-server.ts';

/** A server on the embedded stores with a clock that a test sets; it works on this thread. */
export interface WorkspaceServer {
  readonly url: string;
  readonly errors: unknown[];
  /** Sends lines of OTLP JSON, and lets them rest until they are finished. */
  receive(lines: readonly string[], project?: string): Promise<void>;
  post(path: string, body: unknown): Promise<unknown>;
  get(path: string): Promise<unknown>;
  /** Stops listening and working; what is stored stays. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
  /** Another server on the same stores, where people sign in; `setup` is the secret of the first link. Ends with this one. */
  withSignIn(): Promise<{ readonly url: string; readonly setup: string }>;
  close(): Promise<void>;
}

const AT_ONCE = 50;

/** @param given options of the server beside those of every test */
export async function workspaceServer(
  given: Pick<ServerOptions, 'operator'> = {},
): Promise<WorkspaceServer> {
  const folder = mkdtempSync(join(tmpdir(), 'culprit-workspace-'));
  const store = await openTelemetryStore({ home: { folder } });
  let workspace = await openWorkspace({ folder });
  const errors: unknown[] = [];
  let passed = 0;
  let port = 0;
  const listen = (options: Partial<ServerOptions> = {}) =>
    startServer(
      { host: '127.0.0.1', ports: [port], tick: null, analyze: null, ...given, ...options },
      {
        ...{ store, workspace },
        spawn: threadHere,
        spoolFolder: join(folder, options.auth === true ? 'open-sign-in' : 'open'),
        analyze: analyzeStored,
        openEndpoint: judgeEndpoint,
        openLabel: labelEndpoint,
        suiteWork: suiteWorkHere,
        suiteFolder: join(folder, 'suites'),
        ...{ freeBytes: null, version: '0.0.0' },
        clock: () => Date.now() + passed,
        timer: () => Date.now() + passed,
        onError: (error) => errors.push(error),
      },
    );
  let server = await listen();
  let other: RunningServer | null = null;
  const [url = ''] = server.urls;
  port = Number(new URL(url).port);
  const answered = async (answer: Response): Promise<unknown> => {
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  };
  return {
    url,
    errors,
    async receive(lines, project = 'default') {
      const headers = { 'content-type': 'application/json', 'x-culprit-project': project };
      // Many in one request, so that they are written together.
      for (let from = 0; from < lines.length; from += AT_ONCE) {
        const spans = lines
          .slice(from, from + AT_ONCE)
          .flatMap((line) => (JSON.parse(line) as { resourceSpans: unknown[] }).resourceSpans);
        const body = JSON.stringify({ resourceSpans: spans });
        await answered(await fetch(`${url}/v1/traces`, { method: 'POST', headers, body }));
      }
      passed += 600_000;
      await server.tick();
    },
    post: async (path, body) =>
      answered(
        await fetch(`${url}/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    get: async (path) => answered(await fetch(`${url}/api/v1${path}`)),
    async stop() {
      await server.close();
      await workspace.close();
    },
    async start() {
      workspace = await openWorkspace({ folder });
      server = await listen();
    },
    async withSignIn() {
      other = await listen({ auth: true, ports: [0] });
      return { url: other.urls[0] ?? '', setup: other.setup ?? '' };
    },
    async close() {
      await other?.close();
      await server.close();
      await workspace.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
