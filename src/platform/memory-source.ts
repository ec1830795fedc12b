import type { ByteSource } from '../contract/byte-source.ts';
import { plainBytes } from './file-source.ts';

/** Bytes in memory, with gzip and zstd decompressed. `name` is for display. */
export const bytesSource = (bytes: Uint8Array, name: string): ByteSource => ({
  name,
  size: bytes.length,
  open: () => plainBytes(once(bytes), name),
});

/** Records in memory, read as JSON Lines. Serialized again, in chunks, on every `open`. */
export const recordsSource = (records: Iterable<object>, name: string): ByteSource => ({
  name,
  size: null,
  async *open() {
    const encoder = new TextEncoder();
    let lines: string[] = [];
    for (const record of records) {
      lines.push(`${JSON.stringify(record)}\n`);
      if (lines.length < LINES) continue;
      yield encoder.encode(lines.join(''));
      lines = [];
    }
    if (lines.length > 0) yield encoder.encode(lines.join(''));
  },
});

const LINES = 200;

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
