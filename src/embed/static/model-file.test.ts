import { expect, test } from 'vitest';
import { readModelFile } from './model-file.ts';
import { modelBytes } from './testing/model-bytes.ts';

const bytes = modelBytes('tiny@1', [
  { token: 'pay', scale: 0.5, row: [2, -4] },
  { token: '##ß', scale: 2, row: [127, -127] },
]);

test('reads name, tokens, scales and rows', () => {
  expect(readModelFile(bytes)).toEqual({
    name: 'tiny@1',
    dimensions: 2,
    vocabulary: ['pay', '##ß'],
    scales: Float32Array.of(0.5, 2),
    matrix: Int8Array.of(2, -4, 127, -127),
  });
});

test('reads bytes at any offset in their buffer', () => {
  const shifted = new Uint8Array(bytes.length + 3);
  shifted.set(bytes, 3);
  expect(readModelFile(shifted.subarray(3))).toEqual(readModelFile(bytes));
});

const changed = (at: number, value: number): Uint8Array => bytes.with(at, value);

test.each([
  { name: 'an empty file', damaged: new Uint8Array(), says: 'does not start like' },
  { name: 'another file', damaged: changed(0, 0), says: 'does not start like' },
  { name: 'another version', damaged: changed(8, 9), says: 'version 9' },
  { name: 'a truncated file', damaged: bytes.subarray(0, -1), says: 'bytes but its header says' },
  { name: 'a wrong count', damaged: changed(12, 200), says: 'bytes but its header says' },
  { name: 'an infinite scale', damaged: changed(39, 0x7f).with(38, 0x80), says: 'not finite' },
  {
    name: 'a missing line feed',
    damaged: changed(bytes.length - 5, 0x20),
    says: '1 tokens, not 2',
  },
])('reports $name', ({ damaged, says }) => {
  expect(() => readModelFile(damaged)).toThrow(
    expect.objectContaining({ code: 'embedder_failed', message: expect.stringContaining(says) }),
  );
});
