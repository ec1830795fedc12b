import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { spool } from './spool.ts';

async function* pieces(count: number, taken: { count: number }): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < count; at++) {
    taken.count += 1;
    yield new Uint8Array(1000).fill(at);
  }
}
const readAll = async (bytes: AsyncIterable<Uint8Array>, limit = Number.POSITIVE_INFINITY) => {
  const all: Uint8Array[] = [];
  for await (const piece of bytes) {
    all.push(piece);
    if (all.length >= limit) break;
  }
  return Buffer.concat(all);
};
const spools = (): string[] => readdirSync(tmpdir()).filter((name) => /^culprit-\w{6}$/.test(name));

test.each([
  ['in memory', 1_000_000],
  ['on disk', 2500],
])('data kept %s can be read again, but the pipe is read once', async (_, heldBytes) => {
  const taken = { count: 0 };
  const kept = spool(pieces(10, taken), heldBytes);
  const expected = await readAll(pieces(10, { count: 0 }));
  expect(await readAll(kept.read())).toEqual(expected);
  expect(await readAll(kept.read())).toEqual(expected);
  expect(taken.count).toBe(10);
  await kept.close();
});

test('a second read continues one that stopped halfway', async () => {
  const taken = { count: 0 };
  const kept = spool(pieces(10, taken), 2500);
  await readAll(kept.read(), 4);
  expect(taken.count).toBe(4);
  expect(await readAll(kept.read())).toEqual(await readAll(pieces(10, { count: 0 })));
  expect(taken.count).toBe(10);
  await kept.close();
});

test('closing deletes the temporary file', async () => {
  const before = new Set(spools());
  const kept = spool(pieces(10, { count: 0 }), 0);
  await readAll(kept.read());
  const own = spools().filter((name) => !before.has(name));
  expect(own.length).toBeGreaterThan(0);
  await kept.close();
  for (const name of own) expect(spools()).not.toContain(name);
});
