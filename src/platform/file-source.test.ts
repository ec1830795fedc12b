import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { ByteSource } from '../contract/byte-source.ts';
import { fileSource } from './file-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-'));
afterAll(() => rmSync(folder, { recursive: true }));

const TEXT = 'some lines\n'.repeat(500);

function file(name: string, bytes: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function readAll(source: ByteSource): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.open()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a file', () => {
  it.each([
    ['plain', TEXT],
    ['gzip', gzipSync(TEXT)],
    ['gzip in two members', Buffer.concat([gzipSync(TEXT.slice(0, 99)), gzipSync(TEXT.slice(99))])],
    ['zstd', zstdCompressSync(TEXT)],
    ['gzip in zstd', zstdCompressSync(gzipSync(TEXT))],
    ['shorter than a magic number', 'abc'],
    ['empty', ''],
  ])('is read whatever its name says: %s', async (name, bytes) => {
    const source = await fileSource(file(`${name}.txt`, bytes));
    const expected = typeof bytes === 'string' ? bytes : TEXT;
    expect(await readAll(source)).toBe(expected);
    expect(source.position?.()).toBe(Buffer.byteLength(bytes));
    expect(source.size).toBe(Buffer.byteLength(bytes));
    expect(await readAll(source)).toBe(expected);
  });

  it('gives any range when it is not compressed', async () => {
    const plain = await fileSource(file('range', '0123456789'));
    expect(Buffer.from((await plain.slice?.(3, 6)) ?? []).toString()).toBe('345');
    expect(Buffer.from((await plain.slice?.(8, 99)) ?? []).toString()).toBe('89');
    expect((await fileSource(file('range.gz', gzipSync('0123456789')))).slice).toBeUndefined();
  });

  it.each([
    ['is missing', () => fileSource(join(folder, 'none')), 'no such file'],
    ['is a folder', () => fileSource(folder), 'it is a folder; name its files'],
    [
      'ends too early',
      async () => readAll(await fileSource(file('cut.gz', gzipSync(TEXT).subarray(0, 40)))),
      'the compressed data ends too early',
    ],
    [
      'is damaged',
      async () => {
        const bytes = gzipSync(TEXT);
        bytes.fill(0xff, 12, 30);
        return readAll(await fileSource(file('bad.gz', bytes)));
      },
      'the compressed data is damaged',
    ],
    [
      'is too large',
      async () => readAll(await fileSource(file('bomb.gz', gzipSync(TEXT)), { maxBytes: 1000 })),
      'more than 1000 bytes; split it first',
    ],
  ])('that %s is unreadable, with the reason', async (_, read, reason) => {
    const failure = await read().then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'unreadable_file' });
    expect(String(failure)).toContain(reason);
  });

  it('gives what came before the damage', async () => {
    const noise = Array.from({ length: 400_000 }, (_, i) => (i * 2_654_435_761) % 9973).join(' ');
    const source = await fileSource(file('late.gz', gzipSync(noise).subarray(0, -20)));
    let read = 0;
    await expect(async () => {
      for await (const chunk of source.open()) read += chunk.length;
    }).rejects.toMatchObject({ code: 'unreadable_file' });
    expect(read).toBeGreaterThan(noise.length / 2);
  });
});

it('reads standard input for -, compressed or not', async () => {
  const plain = await fileSource('-', { stdin: Readable.from([Buffer.from(TEXT)]) });
  expect([plain.name, plain.size, await readAll(plain)]).toEqual(['-', null, TEXT]);
  expect(await readAll(plain)).toBe(TEXT);
  const zipped = await fileSource('-', { stdin: Readable.from([gzipSync(TEXT)]) });
  expect(await readAll(zipped)).toBe(TEXT);
  expect(await readAll(zipped)).toBe(TEXT);
  await Promise.all([plain.close?.(), zipped.close?.()]);
});
