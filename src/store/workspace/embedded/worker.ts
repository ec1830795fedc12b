import { rm } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { wireServer } from './wire-server.ts';

/** What the thread of the embedded database is told. */
export interface DatabaseStart {
  /** Data folder. */
  readonly data: string;
  /** Path of the Unix socket it listens on. */
  readonly socket: string;
}

/** What it says, of itself (`alive`) as an answer to `ping`. After `failed` it ends. */
export type DatabaseNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'alive' }
  | { readonly kind: 'failed'; readonly reason: string };

const news = (message: DatabaseNews): void => parentPort?.postMessage(message);

const failed = (reason: string): void => {
  news({ kind: 'failed', reason });
  setImmediate(() => process.exit(1));
};

const { data, socket } = workerData as DatabaseStart;
try {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create(data, {
    // Its own default, 128 MB, is for a machine that does nothing else.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  });
  const server = wireServer(database, (error) => failed(`the workspace broke down: ${error}`));
  await rm(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  parentPort?.on('message', async (message: 'ping' | 'stop') => {
    if (message === 'ping') {
      news({ kind: 'alive' });
      return;
    }
    server.close();
    await database.close();
    process.exit(0);
  });
  news({ kind: 'ready' });
} catch (error) {
  const isMissing = (error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';
  failed(
    isMissing
      ? 'the workspace needs PGlite: run npm install @electric-sql/pglite@0.5.14 where Culprit is installed (--global as Culprit was), or set DATABASE_URL to a PostgreSQL server'
      : `the workspace does not start: ${error instanceof Error ? error.message : String(error)}`,
  );
}
