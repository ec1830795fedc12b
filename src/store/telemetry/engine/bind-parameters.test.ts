import { expect, test } from 'vitest';
import { bindParameters, UnboundParameter } from './bind-parameters.ts';

const bound = (sql: string, values: Readonly<Record<string, string>>): string =>
  bindParameters(sql, new Map(Object.entries(values)));

test('values become typed literals', () => {
  expect(bound('a = {a:String} AND b > {b:UInt32}', { a: 'x y', b: '5' })).toBe(
    "a = 'x y' AND b > CAST('5' AS UInt32)",
  );
  expect(bound('{n:Nullable(String)}', { n: '\\N' })).toBe('CAST(NULL AS Nullable(String))');
  expect(bound('{t:Identifier}', { t: 'a`b' })).toBe('`a\\`b`');
});

test('what could end a literal or be taken for a hint becomes bytes', () => {
  const hex = (text: string): string => `unhex('${Buffer.from(text).toString('hex')}')`;
  expect(bound('{a:String}', { a: "it\\'s" })).toBe(hex("it's"));
  expect(bound('{a:String}', { a: '-- { error }' })).toBe(hex('-- { error }'));
  expect(bound('{a:String}', { a: '\\t\\\\n\\0' })).toBe(hex('\t\\n\0'));
  expect(bound('{a:Array(String)}', { a: "['a\\'b']" })).toBe(
    `CAST(${hex("['a\\'b']")} AS Array(String))`,
  );
});

test('placeholders in quotes and comments stay', () => {
  const sql =
    "SELECT '{a:String}', \"{a:String}\", `{a:String}`, 'it\\'s {a:String}' -- {a:String}\n/* {a:String} */";
  expect(bound(sql, { a: 'x' })).toBe(sql);
});

test('a value is not looked through for placeholders', () => {
  expect(bound('{a:String}{b:String}', { a: '{b:String}', b: 'x' })).toBe(
    `unhex('${Buffer.from('{b:String}').toString('hex')}')'x'`,
  );
});

test('a missing value is an error', () => {
  expect(() => bound('{a:String}', {})).toThrow(UnboundParameter);
});
