import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { describe } from 'vitest';
import { isEngineInstalled } from '../../src/store/telemetry/engine-process.ts';
import { type SqlClient, sqlClient } from '../../src/store/telemetry/sql-client.ts';
import { type OpenedStore, openTelemetryStore } from '../../src/store/telemetry/telemetry.ts';
import { testEngine } from './test-engine.ts';

/** Like `describe`; skips, and says why, only where the engine is not installed. */
export const describeStore = isEngineInstalled()
  ? describe
  : (name: string, _: () => void): void => {
      console.warn(`skipped: ${name}: the package chdb is not installed`);
      describe.skip(name, () => {});
    };

/**
 * `http://user:password@host:8123` of a ClickHouse server that the suite runs on too. `engine-server.ts` is one: the embedded
 * engine as a server.
 */
const GIVEN = process.env['CLICKHOUSE_TEST_URL'];

/** Whether the data of a test are on a disk at hand. */
export const isEmbedded = GIVEN === undefined;

function freshDatabase(server: string): string {
  const url = new URL(server);
  url.pathname = `/culprit_test_${randomBytes(6).toString('hex')}`;
  return url.href;
}

export interface TestStore {
  readonly store: OpenedStore;
  /** What the store's own client could ask. */
  readonly client: SqlClient;
  readonly close: () => Promise<void>;
}

/** A store of its own: on the given server, in a database that goes with it; else in the embedded engine. */
export async function testStore(): Promise<TestStore> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-store-'));
  const url = GIVEN === undefined ? null : freshDatabase(GIVEN);
  const store = await openTelemetryStore({ home: url === null ? { folder } : { url } });
  const client = sqlClient(url === null ? { socket: join(folder, 'store.sock') } : { url });
  return {
    store,
    client,
    async close() {
      if (url !== null) await client.run('DROP DATABASE {name:Identifier}', { name: nameIn(url) });
      await client.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

/** A busy machine takes its time. */
export const START_MS = 60_000;

/** A database without tables, on the given server or in an engine of its own. */
export interface TestDatabase {
  readonly client: SqlClient;
  /** Rows by way of the engine's own parser of JSON. */
  readonly insertJson: (table: string, rows: readonly object[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function testDatabase(): Promise<TestDatabase> {
  const engine = GIVEN === undefined ? await testEngine() : null;
  const url = engine?.url ?? freshDatabase(GIVEN as string);
  if (engine === null) {
    const bare = sqlClient({ url: GIVEN as string });
    await bare.run('CREATE DATABASE {name:Identifier}', { name: nameIn(url) });
    await bare.close();
  }
  const client = sqlClient({ url });
  const plain = createClient({ url });
  return {
    client,
    async insertJson(table, values) {
      await plain.insert({
        ...{ table, values, format: 'JSONEachRow' },
        clickhouse_settings: { precise_float_parsing: 1 },
      });
    },
    async close() {
      if (engine === null)
        await client.run('DROP DATABASE {name:Identifier}', { name: nameIn(url) });
      await plain.close();
      await client.close();
      await engine?.close();
    },
  };
}
