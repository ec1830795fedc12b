import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { folderLock } from './folder-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'culprit-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one at a time; free again when let go', async () => {
  const lock = await folderLock(folder);
  await expect(folderLock(folder)).rejects.toThrow(/is in use by this process: stop it/);
  await lock.release();
  const again = await folderLock(folder);
  await lock.release();
  await expect(folderLock(folder)).rejects.toMatchObject({ code: 'invalid_input' });
  await again.release();
  expect(await readdir(folder)).toEqual([]);
});

test('of many that try at once, one gets it', async () => {
  await writeFile(join(folder, 'lock'), JSON.stringify({ pid: 2 ** 30, began: '1' }));
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => folderLock(folder)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('the lock of another process holds while it lives, and not after', async () => {
  const module = new URL('folder-lock.ts', import.meta.url).href;
  const script = `const { folderLock } = await import('${module}');
    await folderLock(process.argv[1]); console.log('locked'); setInterval(() => {}, 1e6);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(folderLock(folder)).rejects.toThrow(`in use by process ${holder.pid}`);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = await folderLock(folder);
  await lock.release();
});

test('a number that another process has by now is no holder', async () => {
  const lock = await folderLock(folder);
  const held = JSON.parse(await readFile(join(folder, 'lock'), 'utf8')) as object;
  await lock.release();
  await writeFile(join(folder, 'lock'), JSON.stringify({ ...held, began: '1' }));
  await expect(folderLock(folder)).resolves.toBeDefined();
});

test('half a lock is no lock', async () => {
  await writeFile(join(folder, 'lock'), '{"pid":');
  await expect(folderLock(folder)).resolves.toBeDefined();
});
