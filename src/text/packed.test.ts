import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packed, unpacked } from './packed.ts';

test('gives back any JSON, lone surrogates included', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      expect(unpacked(packed(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(unpacked(packed(['\ud800', '</script>', '😀']))).toEqual(['\ud800', '</script>', '😀']);
});

test('is small for repetitive text, and raw deflate as other tools read it', async () => {
  const text = 'The order was not found. '.repeat(10_000);
  const small = packed(text);
  expect(small.length).toBeLessThan(2_000);
  const stream = new Blob([Uint8Array.from(atob(small), (char) => char.charCodeAt(0))])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  expect(await new Response(stream).json()).toBe(text);
});
