import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkWritable, writeWhole } from './write-whole.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'culprit-write-'));
const isOurs = (head: string): boolean => head.startsWith('ours');

test('an input is never overwritten, under whatever name', async () => {
  const at = folder();
  writeFileSync(join(at, 'traces.jsonl'), 'ours');
  linkSync(join(at, 'traces.jsonl'), join(at, 'same'));
  await expect(checkWritable(join(at, 'same'), [join(at, 'traces.jsonl')], isOurs)).rejects.toThrow(
    'input',
  );
});

test('a file of another kind, a folder and a missing folder are refused', async () => {
  const at = folder();
  writeFileSync(join(at, 'notes.txt'), 'mine');
  mkdirSync(join(at, 'folder'));
  for (const name of ['notes.txt', 'folder', 'missing/report'])
    await expect(checkWritable(join(at, name), [], isOurs)).rejects.toMatchObject({
      code: 'invalid_option',
    });
});

test('a new file, an empty one and an earlier one of ours are accepted', async () => {
  const at = folder();
  writeFileSync(join(at, 'empty'), '');
  writeFileSync(join(at, 'earlier'), 'ours, before');
  for (const name of ['new', 'empty', 'earlier']) await checkWritable(join(at, name), [], isOurs);
});

test('a file is written whole, for its owner alone, and nothing stays beside it', async () => {
  const at = folder();
  writeFileSync(join(at, 'report'), 'before');
  await writeWhole(join(at, 'report'), 'after');
  expect(readFileSync(join(at, 'report'), 'utf8')).toBe('after');
  expect(statSync(join(at, 'report')).mode & 0o777).toBe(0o600);
  expect(readdirSync(at)).toEqual(['report']);
});

test('what cannot be written fails with one sentence and leaves nothing', async () => {
  const at = folder();
  mkdirSync(join(at, 'report'));
  await expect(writeWhole(join(at, 'report'), 'x')).rejects.toMatchObject({
    code: 'unwritable_file',
  });
  expect(readdirSync(at)).toEqual(['report']);
});

test('a full disk fails with one sentence', async () => {
  await expect(writeWhole('/dev/full', 'x')).rejects.toThrow('the disk is full');
});
