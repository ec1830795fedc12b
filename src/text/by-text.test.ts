import { expect, test } from 'vitest';
import { byText } from './by-text.ts';

function counted() {
  let reads = 0;
  const read = byText((text) => {
    reads++;
    return text === '' ? undefined : text.length;
  });
  return { read, reads: () => reads };
}

test('a text is read once, whatever came of it', () => {
  const { read, reads } = counted();
  expect(['', 'ab', '', 'ab'].map(read)).toEqual([undefined, 2, undefined, 2]);
  expect(reads()).toBe(2);
});

test('what was asked for lately is kept, the rest is given up', () => {
  const { read, reads } = counted();
  const texts = Array.from({ length: 20_000 }, (_, at) => `text ${at}`);
  for (const text of texts) {
    read(text);
    read('again');
  }
  expect(reads()).toBe(20_001);
  for (const text of texts.slice(-2_000)) read(text);
  expect(reads()).toBe(20_001);
  read(texts[0]!);
  expect(reads()).toBe(20_002);
});

test('long texts push others out', () => {
  const { read, reads } = counted();
  read('short');
  for (let at = 0; at < 4; at++) read(`${at}`.padEnd(2 ** 20));
  read('short');
  expect(reads()).toBe(6);
});
