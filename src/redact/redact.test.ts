import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findValues } from './find/find-values.ts';
import { mapJson } from './map-json.ts';
import { redactor } from './redact.ts';
import { redactPart } from './redact-text.ts';

const masked = redactor({ mode: 'mask' });
const hashed = redactor({ mode: 'hash', salt: 'a secret text' });

/** Numbers with the check digit that makes Luhn's sum a multiple of ten. */
const card = fc
  .tuple(
    fc.constantFrom('4', '51', '2221'),
    fc.stringMatching(/^\d{14}$/),
    fc.constantFrom('', ' ', '-'),
  )
  .map(([network, rest, separator]) => {
    const digits = (network + rest).slice(0, 15);
    const check = [...Array(10).keys()].find((digit) => luhn(`${digits}${digit}`) % 10 === 0)!;
    return `${digits}${check}`.replace(/(\d{4})(?=\d)/g, `$1${separator}`);
  });
const iban = fc
  .tuple(fc.stringMatching(/^\d{18}$/), fc.constantFrom('', ' '))
  .map(([account, separator]) => {
    const check = 98n - (BigInt(`${account}131400`) % 97n);
    return `DE${String(check).padStart(2, '0')}${account}`.replace(
      /(.{4})(?=.)/g,
      `$1${separator}`,
    );
  });
const email = fc
  .tuple(
    fc.stringMatching(/^[a-z][a-z0-9._+-]{0,20}[a-z0-9]$/),
    fc.stringMatching(/^[a-z0-9]{1,12}\.(?:com|co\.uk|example)$/),
  )
  .map(([local, domain]) => `${local}@${domain}`);
const phone = fc.oneof(
  fc.stringMatching(/^\+[1-9]\d{1,2} \d{3} \d{3} \d{2,4}$/),
  fc.stringMatching(/^\([2-9]\d\d\) [2-9]\d\d-\d{4}$/),
);
const secret = fc.stringMatching(/^sk-proj-[A-Za-z]{6}\d[A-Za-z0-9]{20,40}$/);
const jwt = fc.stringMatching(
  /^eyJ[A-Za-z0-9_-]{20,40}\.[A-Za-z0-9_-]{20,40}\.[A-Za-z0-9_-]{20,40}$/,
);
const planted = fc.oneof(card, iban, email, phone, secret, jwt);
const words = fc.stringMatching(/^[A-Za-z ,.:;!?"'<>{}[\]\n]{0,30}$/);

const luhn = (digits: string): number =>
  [...digits].toReversed().reduce((sum, digit, at) => {
    const doubled = at % 2 === 1 ? 2 * Number(digit) : Number(digit);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);

describe('redaction', () => {
  test('leaves no value in a text, and changes nothing a second time', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, planted), { maxLength: 5 }), words, (parts, end) => {
        const text = parts.map(([before, value]) => `${before} ${value} `).join('') + end;
        for (const { text: redact } of [masked, hashed]) {
          const redacted = redact(text);
          for (const [, value] of parts) expect(redacted).not.toContain(value);
          expect(redact(redacted)).toBe(redacted);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('makes the same of equal values and, hashed, another of others', () => {
    fc.assert(
      fc.property(planted, planted, words, (one, other, before) => {
        const alone = hashed.text(one);
        expect(hashed.text(`${before} ${one} x`)).toContain(alone);
        expect(alone).toMatch(/^\[[a-z]+ [b-t]{10}\]$/);
        if (findValues(one)[0]?.value !== findValues(other)[0]?.value)
          expect(hashed.text(other)).not.toBe(alone);
        expect(redactor({ mode: 'hash', salt: 'another text' }).text(one)).not.toBe(alone);
      }),
    );
  });

  test('keeps everything else as it is', () => {
    fc.assert(
      fc.property(words, words, email, (before, after, value) => {
        expect(masked.text(`${before} ${value} ${after}`)).toBe(`${before} [email] ${after}`);
      }),
    );
  });

  test('reaches every string and key of deep data, and leaves numbers', () => {
    let deep: unknown = { 'ann@x.io': ['bob@x.io', 4111111111111111], 'eve@x.io': null };
    for (let depth = 0; depth < 50_000; depth += 1) deep = [deep];
    let redacted: unknown = masked.data(deep);
    while (Array.isArray(redacted)) [redacted] = redacted;
    expect(redacted).toEqual({ '[email]': ['[email]', 4111111111111111], '[email] 2': null });
  });

  test('is off by default of the options', () => {
    const value = { a: 'ann@x.io' };
    expect(redactor({ mode: 'off' }).data(value)).toBe(value);
  });
});

test('a quote that cuts through a value takes the whole of its placeholder', () => {
  const part = (text: string, quote: string): string =>
    redactPart(text, quote, findValues, ({ kind }) => `[${kind}]`);
  expect(part('refund to ann@x.io today', 'to ann')).toBe('to [email]');
  expect(part('refund to ann@x.io today', 'x.io today')).toBe('[email] today');
  expect(part('refund to ann@x.io today', 'today')).toBe('today');
  expect(part('something else', 'ann@x.io')).toBe('[email]');
});

test('plain data is copied as it is', () => {
  const same = { text: (text: string) => text, number: (number: number) => number };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      fc.pre(!JSON.stringify(value).includes('__proto__'));
      expect(mapJson(value, same)).toEqual(value);
    }),
  );
});
