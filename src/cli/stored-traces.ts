import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteSource } from '../contract/byte-source.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { folderLock } from '../platform/folder-lock.ts';
import { notEmpty } from '../platform/not-empty.ts';
import type { TraceFilter } from '../store/telemetry/telemetry.ts';
import { serverAddress } from './server-address.ts';
import { asCulpritError, askServer } from './server-request.ts';
import type { StoreOptions } from './store-options.ts';

/** Options of a store that say where it is. */
type Located = StoreOptions & { readonly from: string };

/**
 * The stored traces that the options select, to be read like a file.
 * @param now epoch milliseconds.
 * @throws CulpritError `invalid_option` for a folder without a store, or one that another process has open;
 * `store_unavailable`, `store_failed`.
 */
export async function storedTraces(options: Located, now: number): Promise<ByteSource> {
  const { from, project, since, until, ...same } = options;
  const filter = {
    ...Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined)),
    ...(since !== undefined && { from: timeOf(since, now) }),
    // Fixed, because the traces are read twice.
    to: until === undefined ? now + DAY : timeOf(until, now),
  };
  const source = /^https?:\/\//i.test(from)
    ? ofServer(from, project, filter)
    : await ofFolder(from, { ...filter, project: project ?? 'default' });
  const none = `no stored traces in ${source.name} are of this project and fit the filters`;
  return { ...source, open: () => notEmpty(source.open(), none) };
}

type Filter = Omit<TraceFilter, 'project'>;

const DAY = 86_400_000;

/** Of a date, a time, or how long ago. */
function timeOf(text: string, now: number): number {
  const [, count, unit] = /^(\d+)([dh])$/.exec(text) ?? [];
  if (count === undefined) return Date.parse(text);
  return now - Number(count) * (unit === 'd' ? DAY : DAY / 24);
}

function ofServer(from: string, project: string | undefined, filter: Filter): ByteSource {
  const address = serverAddress(from, project, '--from');
  const query = new URLSearchParams(
    Object.entries(filter).map(([key, value]): [string, string] => [
      key,
      typeof value === 'number' ? new Date(value).toISOString() : String(value),
    ]),
  );
  return {
    name: address.url,
    size: null,
    isGrouped: true,
    async *open() {
      try {
        yield* await askServer(address, { path: `/export?${query}` });
      } catch (error) {
        throw asCulpritError(error);
      }
    },
  };
}

async function ofFolder(folder: string, filter: TraceFilter): Promise<ByteSource> {
  if (!existsSync(join(folder, 'telemetry')))
    throw new CulpritError(
      'invalid_option',
      `--from: ${folder} is no data folder of culprit serve`,
    );
  const lock = await folderLock(folder).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CulpritError(
      'invalid_option',
      `--from: ${why}. Give the address of its server, as in --from http://127.0.0.1:7117`,
      { cause },
    );
  });
  const { openTelemetryStore, storedSource } = (await import(
    STORE.href
  )) as typeof import('../store/telemetry/telemetry.ts');
  try {
    const store = await openTelemetryStore({ home: { folder } });
    return {
      ...storedSource(store, filter, folder),
      async close() {
        await store.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** By its place in the package, because it finds its engine beside it. */
const STORE: URL = new URL(
  import.meta.url.endsWith('.ts')
    ? '../store/telemetry/telemetry.ts'
    : '../store/telemetry/telemetry.js',
  import.meta.url,
);
