import { AsyncLocalStorage } from 'node:async_hooks';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Pool } from './packages.ts';
import { drizzle, type NodePgDatabase } from './packages.ts';

type Database = NodePgDatabase<Record<string, never>>;
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];

/** The database, which refuses to be used beside an open transaction of the same call: embedded, that would wait for ever. */
export interface GuardedDatabase {
  /** Runs statements outside of any transaction. Rejects with CulpritError `store_unavailable` while the database is away. */
  run<Result>(work: (database: Database) => Promise<Result>): Promise<Result>;
  /** All of it or nothing. What `work` does goes through `transaction`, and never waits for the network. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
}

export function guardedDatabase(pool: Pool): GuardedDatabase {
  const database: Database = drizzle(pool);
  const inside = new AsyncLocalStorage<true>();
  const check = (): void => {
    if (inside.getStore()) throw new Error('use the transaction that is open, not the database');
  };
  return {
    async run(work) {
      check();
      return await answered(work(database));
    },
    async transaction(work) {
      check();
      return await answered(
        database.transaction((transaction) => inside.run(true, () => work(transaction))),
      );
    },
  };
}

async function answered<Result>(result: Promise<Result>): Promise<Result> {
  try {
    return await result;
  } catch (error) {
    throw known(error);
  }
}

const away = (cause: unknown): CulpritError =>
  new CulpritError('store_unavailable', 'the workspace cannot be reached', { cause });

/** A value that PostgreSQL cannot hold, such as a text with a NUL, is the fault of who sent it: class 22. */
function known(error: unknown): unknown {
  if (isAway(error)) return away(error);
  if (!codeOf(error).startsWith('22')) return error;
  const why = innerOf(error);
  return new CulpritError('invalid_input', `the workspace cannot keep this: ${why}`, {
    cause: error,
  });
}

const innerOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error;

const codeOf = (error: unknown): string =>
  String((innerOf(error) as { readonly code?: unknown }).code ?? '');

/** By the classes of SQLSTATE for lost connections, a server that ends, a full disk and faults of the system, by codes of the operating system. */
function isAway(error: unknown): boolean {
  const code = codeOf(error);
  const isLost = AWAY.test(String(innerOf(error)));
  return isLost || /^(?:08|57P|53|58)/.test(code) || /^E[A-Z]+$/.test(code);
}

const AWAY = /connection (?:terminated|timeout)|timeout exceeded|read timeout/i;
