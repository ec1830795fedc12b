import { expect, test } from 'vitest';
import { fileReaders } from './file-reader.ts';
import { noFileModel } from './no-file-model.ts';

test('a reader is made once for the same facts, and anew for others', () => {
  const readerOf = fileReaders();
  const first = readerOf(noFileModel);
  expect(readerOf(noFileModel)).toBe(first);
  const other = { ...noFileModel, tools: [] };
  expect(readerOf(other)).not.toBe(first);
  expect(readerOf(other).facts).toBe(other);
});
