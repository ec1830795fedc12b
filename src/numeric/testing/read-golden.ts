import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../../test/golden');

/** Reads reference values, written by the generate.py next to the file, whose header names the versions. */
export function readGolden<Document>(kernel: string, name: string): Document {
  return JSON.parse(readFileSync(resolve(root, kernel, `${name}.json`), 'utf8')) as Document;
}
