import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPattern } from './linear-pattern.ts';

describe('a linear pattern', () => {
  it('agrees with the built-in engine on patterns without nested repeats', () => {
    const atom = fc.constantFrom(
      ...['a', 'b', '[ab]', '[^a]', '.', '\\d', '\\w', '\\s', '\\S', '\\b', '[\\s,]', '\\u0061'],
      ...['(?:a|b)', '(b)', '\\/', '\\.', '^', '$', '[\\s\\S]', '\\p{L}', '\\x41', '[.]'],
    );
    const piece = fc
      .tuple(atom, fc.constantFrom('', '', '', '{1,3}', '{2}'))
      .map(([a, q]) => (/^[\^$]$|^\\b$/.test(a) ? a : a + q));
    const source = fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    const text = fc.string({
      unit: fc.constantFrom(
        'a',
        'b',
        'A',
        '1',
        ' ',
        '\n',
        '\u00a0',
        '\u2028',
        '.',
        ',',
        '/',
        'é',
        '😀',
      ),
      maxLength: 12,
    });
    fc.assert(
      fc.property(source, text, (given, value) => {
        expect(linearPattern(given)?.test(value)).toBe(new RegExp(given, 'u').test(value));
      }),
      { seed: 11, numRuns: 2000 },
    );
  });

  it.each([
    '^(?=a)a$',
    '(?!b)a',
    '(?<=a)b',
    '(a)\\1',
    '(?<x>a)\\k<x>',
    '(',
    'a{2000}{2000}',
    'a'.repeat(2001),
  ])('cannot be made of %.30s', (source) => {
    expect(linearPattern(source)).toBeNull();
  });

  it('answers where a backtracking engine needs 2^n steps', () => {
    const text = `${'a'.repeat(50_000)}!`;
    expect(linearPattern('^(a+)+$')?.test(text)).toBe(false);
    expect(linearPattern('^(\\w+\\s?)*$')?.test('word '.repeat(10_000))).toBe(true);
  });
});
