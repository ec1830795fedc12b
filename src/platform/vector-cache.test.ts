import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVectorCache } from './vector-cache.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'culprit-cache-'));
  path = join(folder, 'deep', 'vectors');
});
afterEach(() => rm(folder, { recursive: true }));

const key = (digit: string): string => digit.repeat(64);
const entry = (digit: string, ...values: number[]) => ({
  key: key(digit),
  vector: Float32Array.from(values),
});

test('returns stored vectors after reopening', async () => {
  const first = await openVectorCache(path);
  expect(first.size).toBe(0);
  await Promise.all([first.put([entry('a', 1, -0.5), entry('b', 3)]), first.put([entry('c', 7)])]);
  expect(await first.get([key('b'), key('d'), key('c')])).toEqual([
    Float32Array.of(3),
    undefined,
    Float32Array.of(7),
  ]);
  await first.close();

  const second = await openVectorCache(path);
  expect(second).toMatchObject({ size: 3, ignored: 0 });
  expect(await second.get([key('a')])).toEqual([Float32Array.of(1, -0.5)]);
  await second.close();
});

test('the file has key, CRC-32 and base64 of little-endian floats', async () => {
  const cache = await openVectorCache(path);
  await cache.put([entry('a', 1)]);
  await cache.close();
  // 1.0 is 00 00 80 3f; its CRC-32 by Python's zlib.crc32 is 0xaca16a6a.
  expect(await readFile(path, 'utf8')).toBe(`${key('a')} aca16a6a AACAPw==\n`);
});

test.each([
  { name: 'an invalid line', damage: (text: string) => `not a line\n${text}`, size: 2, ignored: 1 },
  {
    name: 'a changed vector',
    damage: (text: string) => text.replace('AACAPw==', 'AADAPw=='),
    size: 1,
    ignored: 1,
  },
  {
    name: 'a truncated last line',
    damage: (text: string) => text.slice(0, -9),
    size: 1,
    ignored: 1,
  },
  {
    name: 'an overlong line',
    damage: (text: string) => `${'a'.repeat(900_000)}\n${text}`,
    size: 2,
    ignored: 1,
  },
])('$name is ignored and counted, and later entries are kept', async (example) => {
  const cache = await openVectorCache(path);
  await cache.put([entry('a', 1), entry('b', 2)]);
  await cache.close();
  await writeFile(path, example.damage(await readFile(path, 'utf8')));

  const damaged = await openVectorCache(path);
  expect(damaged).toMatchObject({ size: example.size, ignored: example.ignored });
  await damaged.put([entry('c', 3)]);
  expect(await damaged.get([key('c')])).toEqual([Float32Array.of(3)]);
  await damaged.close();

  const again = await openVectorCache(path);
  expect(again).toMatchObject({ size: example.size + 1, ignored: example.ignored });
  expect(await again.get([key('c')])).toEqual([Float32Array.of(3)]);
  await again.close();
});

test('the later of two lines with the same key wins', async () => {
  const cache = await openVectorCache(path);
  await cache.put([entry('a', 1)]);
  await cache.put([entry('a', 2)]);
  await cache.close();
  const text = await readFile(path, 'utf8');
  await appendFile(path, text.split('\n')[0] ?? '');
  const again = await openVectorCache(path);
  expect(await again.get([key('a')])).toEqual([Float32Array.of(2)]);
  await again.close();
});

test('reports a folder that cannot be created', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(openVectorCache(join(folder, 'file', 'vectors'))).rejects.toMatchObject({
    code: 'unreadable_file',
    message: expect.stringContaining(join(folder, 'file', 'vectors')),
  });
});
