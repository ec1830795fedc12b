import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const FOLDERS = ['test/fixtures/traces', 'src/collect/testing/parquet'];

/** Our own payloads of every shape, in the order of their names. */
export const payloads = (): readonly Uint8Array[] =>
  FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .sort()
      .map((name) => new Uint8Array(readFileSync(join(ROOT, folder, name)))),
  );
