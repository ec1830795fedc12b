import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plain, printable, printableJson } from './printable.ts';

const HOSTILE = [
  '\u001b',
  '\u009b',
  '\u0007',
  '\r',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ud800',
  '\0',
  '\u007f',
];

test.each(HOSTILE)('%j never reaches a terminal', (char) => {
  expect(plain(`a${char}b`)).toBe('a b');
  expect(printable(`a${char}b`)).toBe('a b');
  expect(printable(`a${char}]52;c;AAAA`, true)).toBe('a ]52;c;AAAA');
});

test('no text leaves a control character', () => {
  const text = fc.string({ unit: fc.constantFrom(...HOSTILE, '[', '3', '1', 'm', ';', 'a', '\n') });
  fc.assert(
    fc.property(text, (value) => {
      const isHarmful = (char: string): boolean => HOSTILE.includes(char);
      expect([...printable(value)].filter(isHarmful)).toEqual([]);
      const styled = printable(value, true).replaceAll('\u001b[31m', '').split('\u001b');
      for (const rest of styled.slice(1)) expect(rest).toMatch(/^\[\d{1,3}(?:;\d{1,3}){0,3}m/);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('styles and lines of our own stay', () => {
  expect(printable('\u001b[31mred\u001b[0m\n\tx', true)).toBe('\u001b[31mred\u001b[0m\n\tx');
});

test('JSON keeps its value and holds nothing harmful', () => {
  const value = { 'a\u202e': '\u009b31m \u{e0041} \u001b \u2028 ü 😀' };
  const text = printableJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect([...text].filter((char) => HOSTILE.includes(char))).toEqual([]);
});
