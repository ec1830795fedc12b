import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelEndpoint } from '../llm/call/label-endpoint.ts';
import { judgeEndpoint } from '../llm/judge/judge-endpoint.ts';
import type { Thread } from '../numeric/numeric.ts';
import { analyzeStored } from '../server/analysis/analyze-stored.ts';
import { answer as decodeAnswer, handedOver } from '../server/decode/worker.ts';
import { answer as finishAnswer } from '../server/finish/worker.ts';
import { answer as guardAnswer } from '../server/guarding/worker.ts';
import type { RunningServer } from '../server/running-server.ts';
import type { ServerOptions } from '../server/server-options.ts';
import { startServer } from '../server/start-server.ts';
import { suiteWorkHere } from '../server/suites/suite-work.ts';
import type { Workspace } from '../store/workspace/workspace.ts';
import { type MemoryTelemetry, memoryTelemetry } from './memory-telemetry.ts';
import { memoryWorkspace } from './memory-workspace.ts';

/** A server on a free port, with stores in memory and a clock that the test sets. */
export interface TestServer extends RunningServer {
  readonly url: string;
  readonly store: MemoryTelemetry;
  readonly workspace: Workspace;
  readonly errors: unknown[];
  readonly now: () => number;
  /** Sets how many bytes the disk has left. */
  leave(bytes: number): void;
  /** Lets time pass, then finishes what rests. */
  rest(milliseconds: number): Promise<void>;
  /** Sets the clock of the machine forward, or back. */
  jump(milliseconds: number): void;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
}

export async function testServer(
  options: Partial<ServerOptions> = {},
  store: MemoryTelemetry = memoryTelemetry(),
  opened?: Workspace,
): Promise<TestServer> {
  const errors: unknown[] = [];
  let passed = 0;
  let jumped = 0;
  let left = Number.POSITIVE_INFINITY;
  const timer = (): number => Date.now() + passed;
  const now = (): number => timer() + jumped;
  const workspace = opened ?? memoryWorkspace(now);
  const server = await startServer(
    { host: '127.0.0.1', ports: [0], tick: null, analyze: null, ...options },
    {
      ...{ store, workspace },
      spawn: (module) => threadHere(module),
      spoolFolder: mkdtempSync(join(tmpdir(), 'culprit-open-')),
      analyze: analyzeStored,
      openEndpoint: judgeEndpoint,
      openLabel: labelEndpoint,
      suiteWork: suiteWorkHere,
      freeBytes: () => Promise.resolve(left),
      suiteFolder: mkdtempSync(join(tmpdir(), 'culprit-suites-')),
      version: '0.0.0',
      ...{ clock: now, timer },
      onError: (error) => errors.push(error),
    },
  );
  const [url = ''] = server.urls;
  return {
    ...server,
    ...{ url, store, workspace, errors, now },
    leave(bytes) {
      left = bytes;
    },
    jump(milliseconds) {
      jumped += milliseconds;
    },
    async rest(milliseconds) {
      passed += milliseconds;
      await server.tick();
    },
    post: (path, body, headers = {}) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body:
          typeof body === 'string' || body instanceof Uint8Array
            ? (body as BodyInit)
            : JSON.stringify(body),
      }),
    get: (path) => fetch(`${url}${path}`),
  };
}

/** A thread that answers on this one, through structured clone as real ones do. */
export function threadHere(module: URL): Thread {
  const isDecoder = module.pathname.includes('/decode/');
  const isGuard = module.pathname.includes('/guarding/');
  let onMessage: (message: unknown) => void = () => {};
  return {
    post(message, transfer = []) {
      const request: unknown = structuredClone(message, { transfer: [...transfer] });
      queueMicrotask(async () => {
        if (isGuard) return onMessage(structuredClone(await guardAnswer(request)));
        if (!isDecoder) return onMessage(structuredClone(finishAnswer(request)));
        const answer = decodeAnswer(request);
        onMessage(structuredClone(answer, { transfer: handedOver(answer) }));
      });
    },
    listen(listener) {
      onMessage = listener;
    },
    close: () => Promise.resolve(),
  };
}
