import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zstdFrames } from './zstd-frames.ts';

async function read(bytes: Uint8Array, size: number): Promise<string> {
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const parts: Uint8Array[] = [];
  for await (const part of zstdFrames(pieces())) parts.push(part);
  return Buffer.concat(parts).toString();
}

const frame = (text: string) => zstdCompressSync(Buffer.from(text));

describe('zstd frames', () => {
  it('are all read, however the bytes are cut', async () => {
    const bytes = Buffer.concat([frame('first '), frame('x'.repeat(1_000_000)), frame(' third')]);
    for (const size of [1, 7, 100, bytes.length]) {
      expect(await read(bytes, size)).toBe(`first ${'x'.repeat(1_000_000)} third`);
    }
  });

  it('are read where frames end exactly at the end of a piece', async () => {
    const one = frame('one ');
    expect(await read(Buffer.concat([one, one, one]), one.length)).toBe('one one one ');
  });

  it('give what came before damage, and then fail', async () => {
    const seen: string[] = [];
    const bytes = Buffer.concat([frame('good'), Buffer.from('something else')]);
    const pieces = async function* () {
      yield bytes;
    };
    const reading = (async () => {
      for await (const part of zstdFrames(pieces())) seen.push(part.toString());
    })();
    await expect(reading).rejects.toThrow();
    expect(seen.join('')).toBe('good');
  });

  it('fail when the last is cut', async () => {
    await expect(read(frame('abc'.repeat(1000)).subarray(0, 15), 100)).rejects.toThrow();
  });
});
