import { Pool, type PoolConfig } from './packages.ts';

/**
 * A pool that outlives its connections: one that the server ends is replaced, and whoever uses the database next is told
 * if it is gone. Without a listener, such an end would be an uncaught error, while a connection is idle and while it is
 * in use between two statements.
 */
export function openPool(config: PoolConfig): Pool {
  const pool = new Pool({ connectionTimeoutMillis: 10_000, query_timeout: QUERY_MS, ...config });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Longest wait for an answer, in milliseconds: a database that hangs counts as away. */
const QUERY_MS = 30_000;
