import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readOptionFile } from './read-option-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-option-'));
const file = join(folder, 'option');
const read = (path = file) => readOptionFile('--check-file', path, (text) => text);

test('a byte order mark is no part of the text', async () => {
  writeFileSync(file, '\uFEFF[1]\r\n');
  expect(await read()).toBe('[1]\r\n');
});

test.each([
  { what: 'binary', bytes: Buffer.from([0x61, 0, 0x62]) },
  { what: 'in another encoding', bytes: Buffer.from([0x66, 0xfc, 0x72]) },
])('a file that is $what is refused', async ({ bytes }) => {
  writeFileSync(file, bytes);
  await expect(read()).rejects.toMatchObject({
    code: 'unreadable_file',
    message: `--check-file ${file}: cannot be read (it is not UTF-8 text)`,
  });
});

test.each([
  { path: folder, why: 'it is a folder' },
  { path: join(folder, 'none'), why: 'no such file' },
])('a path that leads to none says why: $why', async ({ path, why }) => {
  await expect(read(path)).rejects.toThrow(`--check-file ${path}: cannot be read (${why})`);
});

test('more than a megabyte is refused', async () => {
  writeFileSync(file, 'a'.repeat(1_000_001));
  await expect(read()).rejects.toThrow('it has 1000001 bytes, over 1000000');
});
