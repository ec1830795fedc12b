import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlClient } from '../../src/store/telemetry/sql-client.ts';
import { type OpenedStore, openTelemetryStore } from '../../src/store/telemetry/telemetry.ts';
import { spanRow } from './sample-rows.ts';
import { describeStore, START_MS } from './test-store.ts';

const MEMORY = 250_000_000;
const TRACES = 400;
/** Together 160 MB, which shrink to almost nothing on the disk. */
const TEXT_BYTES = 400_000;
const INSERTS = 4;

describeStore('a store that is larger than the memory of its engine', () => {
  let folder: string;
  let store: OpenedStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'culprit-large-'));
    store = await openTelemetryStore({ home: { folder, memoryBytes: MEMORY } });
    const client = sqlClient({ socket: join(folder, 'store.sock') });
    // Many parts, as while spans come in faster than parts are merged.
    await client.run('SYSTEM STOP MERGES');
    for (let nth = 0; nth < INSERTS; nth++) await client.run(madeTraces(nth));
    await client.close();
  }, 2 * START_MS);
  afterAll(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }, START_MS);

  test(
    'is read whole, as an analysis does, while spans come in',
    async () => {
      let isDone = false;
      let inserted = 0;
      const insert = async (): Promise<void> => {
        while (!isDone) {
          const row = spanRow({ traceId: `more-${inserted}`, spanId: `${inserted++}` });
          await store.insert({ records: [row] });
        }
      };
      const read = async (): Promise<number> => {
        let count = 0;
        for await (const { records } of store.stream({ project: 'large' })) count += records.length;
        return count;
      };
      const reading = read().finally(() => {
        isDone = true;
      });
      const [traces] = await Promise.all([reading, insert()]);
      expect(traces).toBe(TRACES);
      expect(inserted).toBeGreaterThan(1);
    },
    3 * START_MS,
  );
});

/** Traces of one span each, made in the engine. */
const madeTraces = (nth: number): string => `INSERT INTO records
  (project, trace_id, kind, id, name, start, started, ended, attributes, format, size, received, expires)
SELECT 'large', hex(MD5(toString(number))), 'span', toString(number), 'ask', now64(6), 1, 2,
  concat('{"input.value":"', repeat('long ', ${TEXT_BYTES / 5}), toString(number), '","output.value":"Yes."}'),
  'otlp', ${TEXT_BYTES}, now64(6), today() + 30
FROM numbers(${(nth * TRACES) / INSERTS}, ${TRACES / INSERTS})
SETTINGS max_block_size = 8, max_threads = 1, min_insert_block_size_bytes = 8000000, max_insert_threads = 1`;
