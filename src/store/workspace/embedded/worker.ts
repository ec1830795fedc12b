import { parentPort, workerData } from 'node:worker_threads';

/** What the thread of the embedded database is told. */
export interface DatabaseStart {
  /** Data folder. */
  readonly data: string;
  /** Path of the Unix socket it listens on. */
  readonly socket: string;
}

export type DatabaseNews =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly reason: string };

const news = (message: DatabaseNews): void => parentPort?.postMessage(message);

const { data, socket } = workerData as DatabaseStart;
try {
  const [{ PGlite }, { PGLiteSocketServer }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite-socket'),
  ]);
  const database = await PGlite.create(data);
  const server = new PGLiteSocketServer({ db: database, path: socket, maxConnections: 8 });
  await server.start();
  parentPort?.on('message', async () => {
    await server.stop();
    await database.close();
    process.exit(0);
  });
  news({ kind: 'ready' });
} catch (error) {
  const isMissing = (error as { code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';
  news({
    kind: 'failed',
    reason: isMissing
      ? 'the workspace needs PGlite: run npm install @electric-sql/pglite@0.5.14 where Culprit is installed (--global as Culprit was), or set DATABASE_URL to a PostgreSQL server'
      : `the workspace does not start: ${error instanceof Error ? error.message : String(error)}`,
  });
}
