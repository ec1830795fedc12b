import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { folderFiles } from './folder-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('gives the files below a folder in order, without hidden ones', async () => {
  mkdirSync(join(folder, 'b', 'node_modules'), { recursive: true });
  for (const name of ['c.jsonl', '.hidden', 'b/a.json', 'b/node_modules/x.json'])
    writeFileSync(join(folder, name), '{}');
  expect(await folderFiles(folder)).toEqual([join(folder, 'b/a.json'), join(folder, 'c.jsonl')]);
});

it('gives anything else as it is: a file, standard input, a missing or empty folder', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  for (const path of [join(folder, 'c.jsonl'), '-', join(folder, 'none'), empty])
    expect(await folderFiles(path)).toEqual([path]);
});
