import { expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import { memorySource } from '../../testing/memory-source.ts';
import { NotRows, type RowChunk, rowChunks } from './row-chunks.ts';

const chunksOf = async (content: string, chunkBytes: number, pieces?: number) => {
  const chunks: RowChunk[] = [];
  for await (const chunk of rowChunks(
    [memorySource('rows', content, pieces)],
    chunkBytes,
    () => {},
  ))
    chunks.push(chunk);
  return chunks;
};
const textOf = ({ bytes }: RowChunk): string => Buffer.from(bytes).toString();
const line = (index: number): string => `{"input":"${'é'.repeat(index % 5)}${index}"}\n`;
const content = Array.from({ length: 200 }, (_, index) => line(index)).join('');

test.each([
  [1, 7],
  [100, 1],
  [100, 1000],
  [1000, 64],
  [1_000_000, 1_000_000],
])(
  'chunks of %i bytes from pieces of %i are whole lines that make up the file',
  async (size, pieces) => {
    const chunks = await chunksOf(content, size, pieces);
    expect(chunks.map(textOf).join('')).toBe(content);
    let lines = 1;
    for (const [index, chunk] of chunks.entries()) {
      expect(textOf(chunk).endsWith('\n')).toBe(true);
      expect([chunk.index, chunk.firstLine]).toEqual([index, lines]);
      lines += textOf(chunk).split('\n').length - 1;
    }
  },
);

test.each([1, 64, 1000, 5000])(
  'the same bytes give the same chunks of %i bytes, in whatever pieces they come',
  async (size) => {
    const long = content.repeat(50);
    const whole = (await chunksOf(long, size)).map(textOf);
    for (const pieces of [10, 333, 2048, 100_000])
      expect((await chunksOf(long, size, pieces)).map(textOf)).toEqual(whole);
  },
);

test('a file is closed when its chunks are abandoned', async () => {
  let closed = 0;
  const source = {
    ...memorySource('rows', ''),
    async *open() {
      try {
        for (;;) yield new TextEncoder().encode(content);
      } finally {
        closed++;
      }
    },
  };
  for await (const _ of rowChunks([source], 100, () => {})) break;
  expect(closed).toBe(1);
});

test('a byte order mark is left out and counted, a last line without an end is kept', async () => {
  const [first, ...rest] = await chunksOf(`\uFEFF${content}{"input":"last"}`, 500);
  expect(textOf(first!).startsWith('{')).toBe(true);
  expect(first!.size).toBe(first!.bytes.length + 3);
  expect(textOf(rest.at(-1)!).endsWith('{"input":"last"}')).toBe(true);
});

test('files that cannot be read are left to the reader in order', async () => {
  const failing = {
    ...memorySource('gone', ''),
    async *open() {
      yield new TextEncoder().encode(content);
      throw new CulpritError('unreadable_file', 'the compressed data is damaged');
    },
  };
  const read = async (): Promise<void> => {
    for await (const _ of rowChunks([failing], 100, () => {}));
  };
  await expect(read()).rejects.toThrow(NotRows);
});

test('a line over 16 MiB is not held', async () => {
  const long = `{"input":"${'x'.repeat(17 * 1024 * 1024)}"}\n`;
  await expect(chunksOf(long, 1000, 1 << 20)).rejects.toThrow(/too long/);
});
