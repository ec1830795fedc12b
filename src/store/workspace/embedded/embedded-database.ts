import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CulpritError } from '../../../contract/culprit-error.ts';
import type { DatabaseNews, DatabaseStart } from './worker.ts';

/** PGlite in a thread of its own, behind a Unix socket that only this user can reach. */
export interface EmbeddedDatabase {
  /** Folder of the socket, which clients of PostgreSQL take for a host. */
  readonly folder: string;
  readonly port: number;
  /** Times it was started again. */
  restarts(): number;
  /** For tests of what happens when it dies. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Part of the socket's name: `.s.PGSQL.5432`. */
const PORT = 5432;

/**
 * Starts it, and starts it again whenever it ends or says nothing for a minute, after 0.2 s, then longer, up to 10 s.
 * @throws CulpritError `store_unavailable` when PGlite is missing or does not start.
 */
export async function startEmbedded(dataFolder: string): Promise<EmbeddedDatabase> {
  const data = join(resolve(dataFolder), 'workspace');
  await mkdir(data, { recursive: true, mode: 0o700 });
  // Paths of sockets are short; this folder is readable for its user alone.
  const folder = await mkdtemp(join(tmpdir(), 'culprit-db-'));
  const start: DatabaseStart = { data, socket: join(folder, `.s.PGSQL.${PORT}`) };
  let stopped = false;
  let restarts = 0;
  let failures = 0;
  let current = launched(start);

  const watch = ({ ready, ended }: Launched): void => {
    ready.then(
      () => {
        failures = 0;
      },
      () => {},
    );
    void ended.then(() => {
      if (stopped) return;
      const wait = Math.min(MAX_WAIT_MS, MIN_WAIT_MS * 2 ** failures++);
      setTimeout(() => {
        if (stopped) return;
        restarts++;
        current = launched(start);
        watch(current);
      }, wait).unref();
    });
  };
  try {
    await current.ready;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  watch(current);
  return {
    folder,
    port: PORT,
    restarts: () => restarts,
    async kill() {
      await current.worker.terminate();
    },
    async stop() {
      stopped = true;
      const { worker, ended } = current;
      worker.postMessage('stop');
      const timer = setTimeout(() => void worker.terminate(), STOP_MS);
      await ended;
      clearTimeout(timer);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const MIN_WAIT_MS = 200;
const MAX_WAIT_MS = 10_000;
const STOP_MS = 10_000;
/** The thread is silent while it runs a statement. */
const PING_MS = 5_000;
const SILENT_MS = 60_000;

interface Launched {
  readonly worker: Worker;
  /** Rejects with CulpritError when it does not come to that. */
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
}

function launched(start: DatabaseStart): Launched {
  const worker = new Worker(WORKER, { workerData: start });
  const ended = new Promise<void>((resume) => worker.once('exit', () => resume()));
  /** Null until it is ready: making a database anew may take a slow machine long. */
  let heard: number | null = null;
  const timer = setInterval(() => {
    if (heard === null) return;
    if (performance.now() - heard > SILENT_MS) void worker.terminate();
    else worker.postMessage('ping');
  }, PING_MS).unref();
  void ended.then(() => clearInterval(timer));
  const ready = new Promise<void>((resume, reject) => {
    const failed = (reason: string, cause?: unknown): void =>
      reject(new CulpritError('store_unavailable', reason, { cause }));
    worker.on('message', (news: DatabaseNews) => {
      heard = performance.now();
      if (news.kind === 'ready') resume();
      if (news.kind === 'failed') failed(news.reason);
    });
    worker.on('error', (error) => failed(`the workspace does not start: ${error.message}`, error));
    void ended.then(() => failed('the workspace does not start: its thread ended'));
  });
  return { worker, ready, ended };
}

const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);
