import { closeSync, openSync, readSync } from 'node:fs';
import type { SpoolPlace } from '../ingest/spool.ts';

/** Files that are kept open: what is finished at a time is mostly in the same few. */
const OPEN = 4;

/** Reads bytes from the files of a spool. A file that is gone throws what opening it throws. */
export function placeReader(): (places: readonly SpoolPlace[]) => Uint8Array {
  const files = new Map<string, number>();
  const fileOf = (path: string): number => {
    let file = files.get(path);
    if (file === undefined) {
      file = openSync(path, 'r');
      files.set(path, file);
      const [oldest] = files;
      if (files.size > OPEN && oldest !== undefined) {
        files.delete(oldest[0]);
        closeSync(oldest[1]);
      }
    }
    return file;
  };
  return (places) => {
    const bytes = new Uint8Array(places.reduce((sum, { length }) => sum + length, 0));
    let end = 0;
    for (const { path, at, length } of places) {
      for (let read = 0; read < length; ) {
        const more = readSync(fileOf(path), bytes, end + read, length - read, at + read);
        if (more === 0) throw new Error(`${path} is shorter than ${at + length} bytes`);
        read += more;
      }
      end += length;
    }
    return bytes;
  };
}
