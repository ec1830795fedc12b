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
  stop(): Promise<void>;
}

/** Part of the socket's name: `.s.PGSQL.5432`. */
const PORT = 5432;

/** @throws CulpritError `store_unavailable` when PGlite is missing or does not start. */
export async function startEmbedded(dataFolder: string): Promise<EmbeddedDatabase> {
  const data = join(resolve(dataFolder), 'workspace');
  await mkdir(data, { recursive: true, mode: 0o700 });
  // Paths of sockets are short; this folder is readable for its user alone.
  const folder = await mkdtemp(join(tmpdir(), 'culprit-db-'));
  const start: DatabaseStart = { data, socket: join(folder, `.s.PGSQL.${PORT}`) };
  const worker = new Worker(WORKER, { workerData: start });
  const stop = async (): Promise<void> => {
    worker.postMessage('stop');
    await new Promise((resume) => worker.once('exit', resume));
    await rm(folder, { recursive: true, force: true });
  };
  await new Promise<void>((resume, reject) => {
    const failed = (reason: string, cause?: unknown): void =>
      reject(new CulpritError('store_unavailable', reason, { cause }));
    worker.once('message', (news: DatabaseNews) =>
      news.kind === 'ready' ? resume() : failed(news.reason),
    );
    worker.once('error', (error) =>
      failed(`the workspace does not start: ${error.message}`, error),
    );
  });
  // One that dies later is noticed by its clients.
  worker.on('error', () => {});
  return { folder, port: PORT, stop };
}

const WORKER: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url);
