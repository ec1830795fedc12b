import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CulpritError } from '../../contract/culprit-error.ts';
import { type BackupHome, backUp, backupsIn, restoreFrom } from './backup.ts';
import { forget } from './deletion.ts';
import { columnNames, encodeRows } from './encode/encode-rows.ts';
import { type EngineProcess, startEngine } from './engine-process.ts';
import { type GroupLimits, groupCommit } from './group-commit.ts';
import { migrate } from './migrations/migrate.ts';
import { causeQueries } from './queries/cause-queries.ts';
import { definitionQueries } from './queries/definition-queries.ts';
import { judgeQueries } from './queries/judge-queries.ts';
import { measureQueries } from './queries/measure-queries.ts';
import { recordQueries } from './queries/record-queries.ts';
import { scoreQueries } from './queries/score-queries.ts';
import { sourceQueries } from './queries/source-queries.ts';
import { traceQueries } from './queries/trace-queries.ts';
import { verdictQueries } from './queries/verdict-queries.ts';
import { versionQueries } from './queries/version-queries.ts';
import { watchQueries } from './queries/watch-queries.ts';
import { extendExpiry } from './retention.ts';
import type { EncodedRows, RowBatch } from './row-batch.ts';
import { RowsRefused } from './rows-refused.ts';
import { type SqlClient, sqlClient } from './sql-client.ts';
import type { StoreStatus, TelemetryStore } from './telemetry-store.ts';
import { tombstones } from './tombstones.ts';
import { turns } from './turns.ts';

export interface EmbeddedHome {
  /** Data folder; everything of the store is below it. One process at a time, which the caller sees to (`folderLock`). */
  readonly folder: string;
  /** Most memory of the engine. Default 0.9 GB. */
  readonly memoryBytes?: number;
  /** Port of 127.0.0.1 instead of a Unix socket, 0 for any. For tests: any user of the machine can reach it. */
  readonly port?: number;
}

export interface ServerHome {
  /** `http://user:password@host:8123/database`; without a path the database is `culprit`. */
  readonly url: string;
  /** Name of the cluster that tables are made on. Not tested: there was no cluster. */
  readonly cluster?: string;
}

export interface TelemetryStoreOptions {
  readonly home: EmbeddedHome | ServerHome;
  readonly limits?: GroupLimits;
}

/** The store, and its engine where it has one of its own. */
export interface OpenedStore extends TelemetryStore {
  readonly engine: EngineProcess | null;
}

/**
 * Opens the store and brings its schema up to date.
 * @throws CulpritError `store_unavailable` when it cannot be reached or chDB is missing, `store_failed` for a newer schema.
 */
export async function openTelemetryStore({
  home,
  limits,
}: TelemetryStoreOptions): Promise<OpenedStore> {
  const { client, engine, backups } =
    'folder' in home ? await embedded(home) : await atServer(home);
  try {
    await migrate(client, 'url' in home ? (home.cluster ?? null) : null);
    return await opened(client, engine, backups, limits);
  } catch (error) {
    await client.close();
    await engine?.stop();
    throw error;
  }
}

async function opened(
  client: SqlClient,
  engine: EngineProcess | null,
  backups: BackupHome,
  limits: GroupLimits | undefined,
): Promise<OpenedStore> {
  const buried = await tombstones(client);
  const group = groupCommit(
    (table, chunks) => client.insert(table, columnNames(table), chunks),
    limits,
  );
  const upkeep = turns(1);
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    const give = await upkeep.take();
    try {
      return await work();
    } finally {
      give();
    }
  };
  let closed = false;
  const insert = async (rows: RowBatch | readonly EncodedRows[]): Promise<void> => {
    if (closed) throw new CulpritError('store_unavailable', 'the trace store is closed');
    const encoded = isEncoded(rows) ? rows : encodeRows(rows);
    const living = encoded.map((each) => buried.living(each)).filter((each) => each !== null);
    await allWritten(living.map((each) => group.add(each)));
  };
  const status = (): StoreStatus => {
    const away = engine === null ? client.lastFailure() : engine.away();
    const reason = closed ? 'closed' : away;
    const { rows, bytes } = group.queued();
    return {
      state: closed ? 'closed' : reason === null ? 'ready' : 'away',
      reason,
      queuedRows: rows,
      queuedBytes: bytes,
      pid: engine?.pid() ?? null,
      restarts: engine?.restarts() ?? 0,
    };
  };
  return {
    engine,
    insert,
    ...recordQueries(client),
    ...traceQueries(client),
    ...sourceQueries(client),
    ...scoreQueries(client),
    ...causeQueries(client),
    ...measureQueries(client),
    ...verdictQueries(client),
    ...watchQueries(client),
    ...judgeQueries(client),
    ...versionQueries(client),
    ...definitionQueries(client),
    forget: (target) =>
      alone(() => forget(target, { client, tombstones: buried, drain: group.drain })),
    extend: (project, days) => extendExpiry(client, project, days),
    backup: (name) => alone(() => backUp(client, backups, name)),
    backups: () => backupsIn(backups),
    restore: (name) =>
      alone(async () => {
        await group.drain();
        await restoreFrom(client, backups, name);
        await migrate(client, null);
      }),
    status,
    async close() {
      closed = true;
      await group.drain();
      await client.close();
      await engine?.stop();
    },
  };
}

/** Resolves when all tables are written. Refused rows count only where nothing else went wrong: sending again would not help. */
async function allWritten(tables: readonly Promise<void>[]): Promise<void> {
  const refusals: RowsRefused[] = [];
  for (const result of await Promise.allSettled(tables)) {
    if (result.status === 'fulfilled') continue;
    if (!(result.reason instanceof RowsRefused)) throw result.reason;
    refusals.push(result.reason);
  }
  const [first] = refusals;
  if (first === undefined) return;
  throw new RowsRefused(
    refusals.reduce((sum, { count }) => sum + count, 0),
    first.cause,
  );
}

const isEncoded = (rows: RowBatch | readonly EncodedRows[]): rows is readonly EncodedRows[] =>
  Array.isArray(rows);

interface Home {
  readonly client: SqlClient;
  readonly engine: EngineProcess | null;
  readonly backups: BackupHome;
}

const DATABASE = 'culprit';
const MEMORY_BYTES = 900_000_000;

async function embedded({ folder, memoryBytes = MEMORY_BYTES, port }: EmbeddedHome): Promise<Home> {
  const root = resolve(folder);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const listen = port ?? (await socketPath(root));
  const backups = join(root, 'backups');
  const engine = await startEngine({
    folder: join(root, 'telemetry'),
    listen,
    scratch: scratchFolder(root),
    backups,
    memoryBytes,
    sessions: 4,
    database: DATABASE,
  });
  const client = sqlClient(
    typeof listen === 'string' ? { socket: listen } : { url: `http://127.0.0.1:${engine.port}` },
  );
  return { client, engine, backups: { database: DATABASE, folder: `${backups}/` } };
}

async function atServer({ url, cluster }: ServerHome): Promise<Home> {
  const address = new URL(url);
  const database = address.pathname.slice(1) || DATABASE;
  address.pathname = '';
  const bare = sqlClient({ url: address.href });
  const where = cluster === undefined ? '' : ` ON CLUSTER ${cluster}`;
  await bare.run(`CREATE DATABASE IF NOT EXISTS ${database}${where}`);
  await bare.close();
  address.pathname = `/${database}`;
  return {
    client: sqlClient({ url: address.href }),
    engine: null,
    backups: { database, folder: '' },
  };
}

/** In the data folder, or in a private folder of its own where the path would be too long for a socket. */
async function socketPath(root: string): Promise<string> {
  const path = join(root, 'store.sock');
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return path;
  return join(await mkdtemp(join(tmpdir(), 'culprit-')), 'store.sock');
}

/** Of `sun_path` on macOS, the shortest. */
const MAX_SOCKET_PATH = 103;

/** In memory where there is such a place, so that rows on their way to the engine cost no disk. */
function scratchFolder(root: string): string {
  if (!existsSync('/dev/shm')) return join(root, 'scratch');
  const name = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join('/dev/shm', `culprit-${process.getuid?.() ?? 0}-${name}`);
}
