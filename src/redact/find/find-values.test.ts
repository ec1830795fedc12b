import { describe, expect, test } from 'vitest';
import { findValues } from './find-values.ts';

const found = (text: string): string[] =>
  findValues(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe('values that say who somebody is', () => {
  test.each([
    ['Write to rosa.lund55@example.com.', ['email rosa.lund55@example.com']],
    ['<Ann@Mail.Example.co.uk>', ['email Ann@Mail.Example.co.uk']],
    ['?to=ann%40example.com&x=1', ['email ann%40example.com']],
    ['jörg@müller.example, x@y.io', ['email jörg@müller.example', 'email x@y.io']],
    [
      'ann@example.com-old and ann@example.com...',
      ['email ann@example.com', 'email ann@example.com'],
    ],
    ['npm i react@18.2.0 @scope/name a@b', []],
    ['pay with 4111 1111 1111 1111 now', ['card 4111 1111 1111 1111']],
    ['5500-0000-0000-0004', ['card 5500-0000-0000-0004']],
    ['amex 378282246310005, 3782 822463 10005', ['card 378282246310005', 'card 3782 822463 10005']],
    ['order 30657997 4111111111111111', ['card 4111111111111111']],
    ['4111 1111 1111 1112', []],
    ['1780300800702 and 1780300800702000000', []],
    ['call +49 (0)30 123456-78', ['phone +49 (0)30 123456-78']],
    ['+14155550123', ['phone +14155550123']],
    ['(415) 555-0123 or 1-415-555-0123', ['phone (415) 555-0123', 'phone 1-415-555-0123']],
    ['(555) 123-4567, not 555 123 4567', ['phone (555) 123-4567']],
    ['020 7946 0958 and 0171/1234567', ['phone 020 7946 0958', 'phone 0171/1234567']],
    ['30657997 (415) 555-0123', ['phone (415) 555-0123']],
    ['0049 30 1234567', ['phone 0049 30 1234567']],
    ['on 01.02.2026 10:30, 2026-06-01 14:42, 12/31/2025', []],
    ['order 30657997, 54726431 and account 0049301234567', []],
    ['10.0.0.1, 0.123456789, v2.14.0, 1,302 of 2,600', []],
    ['DE89 3704 0044 0532 0130 00 and', ['iban DE89 3704 0044 0532 0130 00']],
    ['gb82west12345698765432.', ['iban gb82west12345698765432']],
    ['DE89 3704 0044 0532 0130 01', []],
    ['c31796aae7f751a14bbb2a12b07bad4c de89370400440532013000ab', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('values that open something', () => {
  test.each([
    [`key sk-proj-${'a1'.repeat(20)}.`, ['secret']],
    [`sk-ant-api03-${'b2_'.repeat(30)}`, ['secret']],
    [`AKIAIOSFODNN7EXAMPLE`, ['secret']],
    [`ghp_${'a1B2'.repeat(9)}`, ['secret']],
    [`"AIza${'a1B2c'.repeat(7)}"`, ['secret']],
    ['sk-learn-is-not-a-key-of-anybody', []],
    ['risk-assessment-of-2026-projects', []],
    [`Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${'x'.repeat(43)}`, ['token']],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', ['secret']],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', ['secret']],
  ])('%s', (text, kinds) => {
    expect(findValues(text).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('a private key is found whole', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----';
    expect(found(`a ${key} b`)).toEqual([`secret ${key}`]);
  });
});

test('two spellings of one value are one value', () => {
  const values = findValues(
    '4111 1111 1111 1111 4111111111111111 Ann@X.io ann%40x.io DE89 3704 0044 0532 0130 00 DE89370400440532013000',
  ).map(({ value }) => value);
  expect(values[0]).toBe(values[1]);
  expect(values[2]).toBe(values[3]);
  expect(values[4]).toBe(values[5]);
});

test.each([
  'a',
  '@',
  'a@',
  '1 ',
  '1-',
  '4111 ',
  '+',
  '(1',
  'eyJ',
  'eyJaaaaaaaa.',
  'sk-',
  'DE89',
  '-----BEGIN PRIVATE KEY-----',
  '.a',
  '%40',
  '0 ',
  'é@',
])('takes time in proportion to the text: "%s" repeated', (part) => {
  const time = (length: number): number => {
    const text = part.repeat(Math.ceil(length / part.length));
    const start = process.cpuUsage();
    findValues(text);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  time(20_000);
  expect(time(200_000)).toBeLessThan(2_000);
});
