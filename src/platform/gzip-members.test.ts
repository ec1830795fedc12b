import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipMembers } from './gzip-members.ts';

async function read(bytes: Uint8Array, size: number, parts: Uint8Array[] = []): Promise<string> {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  for await (const part of gzipMembers(pieces())) parts.push(part);
  return Buffer.concat(parts).toString();
}

const named = Buffer.concat([
  Buffer.from([0x1f, 0x8b, 8, 8 | 4 | 16 | 2, 0, 0, 0, 0, 0, 3, 3, 0, 1, 2, 3]),
  Buffer.from('name\0comment\0xx'),
  gzipSync('third').subarray(10),
]);

describe('gzip members', () => {
  it('are all read, however the bytes are cut, with padding after the last', async () => {
    const long = 'x'.repeat(100_000);
    const bytes = Buffer.concat([gzipSync('first '), gzipSync(long), named, Buffer.alloc(600)]);
    for (const size of [1, 7, 100, bytes.length])
      expect(await read(bytes, size)).toBe(`first ${long}third`);
  });

  it.each([
    ['text after them', Buffer.concat([gzipSync('good'), Buffer.from('{"a":1}')]), 'Z_DATA_ERROR'],
    ['a cut trailer', gzipSync('good').subarray(0, -3), 'Z_BUF_ERROR'],
    [
      'a wrong sum',
      Buffer.concat([gzipSync('good').subarray(0, -8), Buffer.alloc(8)]),
      'Z_DATA_ERROR',
    ],
  ])('give what came before %s, and then fail', async (_, bytes, code) => {
    for (const size of [1, 5, bytes.length]) {
      const parts: Uint8Array[] = [];
      await expect(read(bytes, size, parts)).rejects.toMatchObject({ code });
      expect(Buffer.concat(parts).toString()).toBe('good');
    }
  });
});
