import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openAnswerCache } from './answer-cache.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'culprit-answers-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('returns stored answers after reopening, the last one for each key', async () => {
  const path = join(folder, 'answers.jsonl');
  const key = 'a'.repeat(64);
  const first = await openAnswerCache(path);
  await first.put([{ key, value: { verdict: 'no' } }]);
  await first.put([{ key, value: { verdict: 'yes', quotes: ['für „dich“'] } }]);
  await first.close();
  // base64 of {"verdict":"no"} by Python's base64, its CRC-32 by zlib.crc32.
  expect((await readFile(path, 'utf8')).split('\n')[0]).toBe(
    `${key} 57f80db6 eyJ2ZXJkaWN0Ijoibm8ifQ==`,
  );

  const second = await openAnswerCache(path);
  expect(await second.get([key, 'b'.repeat(64)])).toEqual([
    { verdict: 'yes', quotes: ['für „dich“'] },
    undefined,
  ]);
  await second.close();
});

test('reports a folder that cannot be created', async () => {
  await expect(openAnswerCache(join('/dev/null', 'answers'))).rejects.toMatchObject({
    code: 'unreadable_file',
    message: expect.stringContaining('answer cache /dev/null/answers'),
  });
});

test('a failed write names the file and what to do', async () => {
  const path = join(folder, 'answers.jsonl');
  const cache = await openAnswerCache(path);
  await cache.close();
  await expect(cache.put([{ key: 'a'.repeat(64), value: 1 }])).rejects.toMatchObject({
    code: 'unreadable_file',
    message: expect.stringMatching(/answer cache \S+ cannot be written \(.*XDG_CACHE_HOME/),
  });
});

test('finishes pending writes before it closes', async () => {
  const path = join(folder, 'answers.jsonl');
  const key = 'a'.repeat(64);
  const cache = await openAnswerCache(path);
  const kept = cache.put([{ key, value: 1 }]);
  await cache.close();
  await kept;
  const again = await openAnswerCache(path);
  expect(await again.get([key])).toEqual([1]);
  await again.close();
});
