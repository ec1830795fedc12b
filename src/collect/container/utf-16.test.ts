import { expect, it } from 'vitest';
import { utf8From, utf16Order } from './utf-16.ts';

const TEXT = '{"input":"Grüße 🌱"}\n';
const little = Buffer.from(TEXT, 'utf16le');
const big = Buffer.from(little).swap16();

it.each([
  ['a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little]), 'utf-16le'],
  ['a mark, high bytes first', Buffer.concat([Buffer.from([0xfe, 0xff]), big]), 'utf-16be'],
  ['no mark', little, 'utf-16le'],
  ['no mark, high bytes first', big, 'utf-16be'],
] as const)('text with %s becomes UTF-8, however it is cut', (_, bytes, order) => {
  expect(utf16Order(bytes)).toBe(order);
  const convert = utf8From(order);
  const pieces = Array.from(bytes, (_byte, at) => convert(bytes.subarray(at, at + 1)));
  expect(Buffer.concat([...pieces, convert(null)]).toString()).toBe(TEXT);
});

it('other bytes have no order', () => {
  for (const bytes of [
    Buffer.from(TEXT),
    Buffer.from('PAR1'),
    Buffer.from([0x0a, 0, 0x12, 0, 1, 2, 3, 4]),
  ])
    expect(utf16Order(bytes)).toBeNull();
});
