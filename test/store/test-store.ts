import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@clickhouse/client';
import { describe } from 'vitest';
import {
  type EngineProcess,
  isEngineInstalled,
  startEngine,
} from '../../src/store/telemetry/engine-process.ts';
import { migrate } from '../../src/store/telemetry/migrations/migrate.ts';
import { type SqlClient, sqlClient } from '../../src/store/telemetry/sql-client.ts';
import type { EmbeddedHome, ServerHome } from '../../src/store/telemetry/telemetry.ts';

/** Like `describe`; skips, and says why, only where the engine is not installed. */
export const describeStore = isEngineInstalled()
  ? describe
  : (name: string, _: () => void): void => {
      console.warn(`skipped: ${name}: the package chdb is not installed`);
      describe.skip(name, () => {});
    };

/** `http://user:password@host:8123` of a ClickHouse server that the suite runs on too. */
const GIVEN = process.env['CLICKHOUSE_TEST_URL'];

/** A fresh database on that server where it is given, else the embedded engine in a folder. */
export const storeHome = (folder: string): EmbeddedHome | ServerHome =>
  GIVEN === undefined ? { folder } : { url: freshDatabase(GIVEN) };

function freshDatabase(server: string): string {
  const url = new URL(server);
  url.pathname = `/culprit_test_${randomBytes(6).toString('hex')}`;
  return url.href;
}

/** A busy machine takes its time. */
export const START_MS = 60_000;

export interface TestEngine {
  readonly folder: string;
  readonly engine: EngineProcess;
  readonly client: SqlClient;
  /** Rows by way of the engine's own parser of JSON. */
  readonly insertJson: (table: string, rows: readonly object[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** An engine of its own on a TCP port and a fresh folder. */
export async function testEngine(): Promise<TestEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'culprit-store-'));
  const engine = await startEngine({
    folder: join(folder, 'telemetry'),
    listen: 0,
    scratch: join(folder, 'scratch'),
    backups: join(folder, 'backups'),
    memoryBytes: 900_000_000,
    sessions: 4,
    database: 'culprit',
  });
  const url = `http://127.0.0.1:${engine.port}`;
  const client = sqlClient({ url });
  const plain = createClient({ url });
  return {
    folder,
    engine,
    client,
    async insertJson(table, values) {
      await plain.insert({
        ...{ table, values, format: 'JSONEachRow' },
        clickhouse_settings: { precise_float_parsing: 1 },
      });
    },
    async close() {
      await plain.close();
      await client.close();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function migratedEngine(): Promise<TestEngine> {
  const engine = await testEngine();
  await migrate(engine.client, null);
  return engine;
}
