import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { EngineArguments, EngineMessage } from './engine/main.ts';

/** The embedded engine in a process of its own. */
export interface EngineProcess {
  /** Port it listens on; null for a Unix socket. */
  readonly port: number | null;
  /** Null while it answers, else why it does not. */
  away(): string | null;
  restarts(): number;
  /** For tests of what happens when it dies. */
  pid(): number | undefined;
  /** Lets it finish what it does, then ends it. */
  stop(): Promise<void>;
}

/**
 * Starts the engine and starts it again whenever it ends, after 0.2 s, then longer, up to 10 s. Resolves when it answers.
 * @throws CulpritError `store_unavailable` when chDB is not installed, or when the engine does not start within 15 s.
 */
export async function startEngine(given: EngineArguments): Promise<EngineProcess> {
  checkInstalled();
  const state = { away: 'starting' as string | null, restarts: 0, stopped: false };
  let child: ChildProcess | undefined;
  let listen = given.listen;
  let failures = 0;
  const began = Date.now();
  const first = Promise.withResolvers<number | null>();

  const spawn = (): void => {
    const started = launched({ ...given, listen });
    child = started;
    let printed = '';
    let failure = '';
    started.stderr?.on('data', (piece: Buffer) => {
      printed = `${printed}${piece.toString()}`.slice(-2000);
    });
    started.on('message', (message: EngineMessage) => {
      if (message.kind === 'failed') {
        failure = message.message;
        return;
      }
      failures = 0;
      state.away = null;
      // Started again, it has to be where it was.
      if (message.port !== null) listen = message.port;
      first.resolve(message.port);
    });
    started.once('close', (code, signal) => {
      if (state.stopped) return;
      state.away =
        printed.trim() || failure || `the engine ended (${signal ?? `exit code ${code}`})`;
      if (Date.now() - began > START_MS) first.reject(notStarted(state.away));
      const wait = Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** failures++);
      setTimeout(() => {
        if (state.stopped) return;
        state.restarts++;
        spawn();
      }, wait).unref();
    });
  };
  spawn();
  const stop = async (): Promise<void> => {
    state.stopped = true;
    state.away = 'closed';
    if (child !== undefined) await ended(child);
  };
  const port = await withinStart(first.promise, () => state.away).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    port,
    away: () => state.away,
    restarts: () => state.restarts,
    pid: () => child?.pid,
    stop,
  };
}

const MIN_WAIT_MS = 200;
const MAX_WAIT_MS = 10_000;
const START_MS = 15_000;
const STOP_MS = 20_000;

function launched(given: EngineArguments): ChildProcess {
  const main = import.meta.url.endsWith('.ts') ? 'engine/main.ts' : 'engine/main.js';
  return fork(fileURLToPath(new URL(main, import.meta.url)), [JSON.stringify(given)], {
    execArgv: [],
    // biome-ignore lint/style/noProcessEnv: the engine runs in the environment of its user
    env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exit;
  clearTimeout(timer);
}

function withinStart<Result>(ready: Promise<Result>, why: () => string | null): Promise<Result> {
  const late = Promise.withResolvers<Result>();
  const timer = setTimeout(() => late.reject(notStarted(why())), START_MS);
  return Promise.race([ready, late.promise]).finally(() => clearTimeout(timer));
}

const notStarted = (why: string | null): CulpritError =>
  new CulpritError('store_unavailable', `the trace store did not start: ${why}`);

/** @throws CulpritError `store_unavailable` */
function checkInstalled(): void {
  if (isEngineInstalled()) return;
  const todo =
    'run npm install chdb where Culprit is installed (--global as Culprit was), or set CLICKHOUSE_URL';
  throw new CulpritError('store_unavailable', `the trace store needs the package chdb: ${todo}`);
}

/** Whether the package chdb is there. */
export function isEngineInstalled(): boolean {
  try {
    return import.meta.resolve('chdb') !== '';
  } catch {
    return false;
  }
}
