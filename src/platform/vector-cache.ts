import type { VectorCache } from '../contract/vector-cache.ts';
import { type KeyedFile, openKeyedFile } from './keyed-file.ts';

type FileVectorCache = VectorCache & Pick<KeyedFile, 'size' | 'ignored' | 'close'>;

/** A vector cache in one file (see `openKeyedFile`), vectors as little-endian float32. Throws `unreadable_file`. */
export async function openVectorCache(path: string): Promise<FileVectorCache> {
  const file = await openKeyedFile(path, 'vector cache');
  return {
    get size() {
      return file.size;
    },
    ignored: file.ignored,
    get: async (keys) =>
      (await file.get(keys)).map((data) => (data === undefined ? undefined : vectorOf(data))),
    put: (entries) => file.put(entries.map(({ key, vector }) => ({ key, data: bytesOf(vector) }))),
    close: () => file.close(),
  };
}

function vectorOf(data: Buffer): Float32Array | undefined {
  if (data.length % 4 !== 0) return undefined;
  const vector = new Float32Array(data.length / 4);
  for (let i = 0; i < vector.length; i++) vector[i] = data.readFloatLE(i * 4);
  return vector;
}

function bytesOf(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, i * 4);
  return bytes;
}
