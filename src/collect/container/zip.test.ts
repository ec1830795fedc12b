import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { zipEntries } from './zip.ts';

const archive = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

it('gives the files of an archive, without folders and what repeats them', () => {
  const entries = zipEntries(
    archive({
      'samples/1.json': '{"a":1}',
      '_journal/start.json': '{}',
      'summaries.json': '[]',
      '__MACOSX/x': '',
      'b.txt': 'b',
    }),
  );
  const read = entries.map(({ name, read }) => [name, new TextDecoder().decode(read())]);
  expect(read).toEqual([
    ['samples/1.json', '{"a":1}'],
    ['b.txt', 'b'],
  ]);
});

it.each([
  ['cut off', (bytes: Uint8Array) => bytes.subarray(0, 40)],
  ['no archive', () => new TextEncoder().encode('PK\u0003\u0004 and nothing more')],
])('an archive that is %s is unreadable', (_, damage) => {
  const bytes = damage(archive({ 'a.json': '{"a":1}'.repeat(50) }));
  expect(() => zipEntries(bytes)).toThrow(expect.objectContaining({ code: 'unreadable_file' }));
});

it.each([
  [93, 'a.jsonl is compressed with zstd; unzip it and name its files'],
  [77, 'a.jsonl is compressed with method 77; unzip it and name its files'],
])('a file compressed by method %i is named, and the others are read', (method, message) => {
  const bytes = archive({ 'a.jsonl': '{"a":1}', 'b.jsonl': '{"b":1}' });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const directory = bytes.findIndex(
    (_, at) => at + 4 <= bytes.length && view.getUint32(at) === 0x504b0102,
  );
  view.setUint16(8, method, true);
  view.setUint16(directory + 10, method, true);
  const [a, b] = zipEntries(bytes);
  expect(() => a?.read()).toThrow(expect.objectContaining({ code: 'unreadable_file', message }));
  expect(new TextDecoder().decode(b?.read())).toBe('{"b":1}');
});
