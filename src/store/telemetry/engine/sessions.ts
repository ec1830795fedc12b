import { createRequire } from 'node:module';

/** What is used of chDB. */
interface EngineSession {
  queryAsync(sql: string, options: { readonly format: string }): Promise<{ bytes(): Uint8Array }>;
  queryStream(
    sql: string,
    options: { readonly format: string },
  ): AsyncIterable<{ raw(): Uint8Array }> & { cancel(): void };
  close(): void;
}

interface Engine {
  readonly Session: new (
    path: string,
    options: { readonly connectionArgs: readonly string[] },
  ) => EngineSession;
}

/** Sessions on one folder; each runs one statement at a time. */
export interface Sessions {
  /** Runs `work` with a free session, in order of asking. @param database Null: the default. */
  use<Result>(
    database: string | null,
    work: (session: EngineSession) => Promise<Result>,
  ): Promise<Result>;
  /** Waits for what runs, then closes. */
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly count: number;
  /** The default. */
  readonly database: string;
  /** Arguments of the engine, as on the command line of `clickhouse local`. */
  readonly settings: readonly string[];
}

/** Opens chDB. Throws what the engine throws, for example when another process has the folder. */
export async function openSessions(
  folder: string,
  { count, database, settings }: SessionOptions,
): Promise<Sessions> {
  const engine = createRequire(import.meta.url)('chdb') as Engine;
  const all = Array.from(
    { length: count },
    () => new engine.Session(folder, { connectionArgs: settings }),
  );
  await all[0]?.queryAsync(`CREATE DATABASE IF NOT EXISTS ${database}`, { format: 'Null' });
  const inUse = new Map<EngineSession, string>();
  const enter = async (session: EngineSession, name: string): Promise<void> => {
    if (inUse.get(session) === name) return;
    await session.queryAsync(`USE \`${name.replaceAll(/[\\`]/g, '\\$&')}\``, { format: 'Null' });
    inUse.set(session, name);
  };
  for (const session of all) await enter(session, database);
  const free = [...all];
  const waiting: ((session: EngineSession) => void)[] = [];
  const taken = (): Promise<EngineSession> => {
    const session = free.pop();
    if (session !== undefined) return Promise.resolve(session);
    return new Promise((resolve) => waiting.push(resolve));
  };
  return {
    async use(asked, work) {
      const session = await taken();
      try {
        await enter(session, asked ?? database);
        return await work(session);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(session);
        else next(session);
      }
    },
    async close() {
      for (let left = count; left > 0; left--) await taken();
      for (const session of all) session.close();
    },
  };
}
