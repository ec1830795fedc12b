import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './make-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'culprit-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('makes what is missing, for its user only, also several at once', async () => {
  const folder = join(root, 'a/b/c');
  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(folder)]);
  await makeFolder(folder);
  for (const each of ['a', 'a/b', 'a/b/c'])
    expect(statSync(join(root, each)).mode & 0o777, each).toBe(0o700);
});

const refusal = (path: string, reason: string) => ({
  code: 'unwritable_file',
  message: `the folder ${path} cannot be used (${reason}): name one that can be made and written`,
});

test('below a file there is none', async () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  await expect(makeFolder(file)).rejects.toMatchObject(refusal(file, 'ENOTDIR'));
  const below = join(file, 'x/y');
  await expect(makeFolder(below)).rejects.toMatchObject(refusal(below, 'ENOTDIR'));
});

// `mkdir` with `recursive` tries for ever there.
test.runIf(existsSync('/proc/self'))('a system that makes no folders says so at once', async () => {
  for (const path of ['/proc/x', '/proc/x/y'])
    await expect(makeFolder(path)).rejects.toMatchObject(refusal(path, 'ENOENT'));
});
