import { sqlText } from './sql-text.ts';

/** A placeholder names a parameter that was not given; code 456 as ClickHouse has it. */
export class UnboundParameter extends Error {}

/**
 * Puts `{name:Type}` placeholders into the statement as typed literals, since the embedded engine binds only one statement
 * at a time in the whole process. Values come as ClickHouse's HTTP interface takes them: texts with backslash escapes, `\N` for null,
 * arrays as `['a','b']`. Placeholders in quotes and comments stay.
 * @throws UnboundParameter
 */
export const bindParameters = (sql: string, values: ReadonlyMap<string, string>): string =>
  sql.replace(TOKEN, (token: string, name: string | undefined, type: string | undefined) => {
    if (name === undefined || type === undefined) return token;
    const value = values.get(name);
    if (value === undefined) throw new UnboundParameter(name);
    return literal(value, type.trim());
  });

/** Quoted text, comment, or placeholder; only the last has groups. */
const TOKEN =
  /'(?:[^'\\]|\\.|'')*'|`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"|--[^\n]*|\/\*[\s\S]*?\*\/|\{(\w+):([^{}]+)\}/g;

function literal(value: string, type: string): string {
  if (type === 'Identifier') return `\`${value.replaceAll(/[\\`]/g, '\\$&')}\``;
  if (value === '\\N') return `CAST(NULL AS ${type})`;
  const text = sqlText(IS_TEXT.test(type) ? unescaped(value) : value);
  return type === 'String' ? text : `CAST(${text} AS ${type})`;
}

const IS_TEXT = /^(?:(?:LowCardinality|Nullable)\()*(?:String|FixedString|Enum)/;

const ESCAPES: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  b: '\b',
  f: '\f',
  '0': '\0',
};

const unescaped = (value: string): string =>
  value.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char);
