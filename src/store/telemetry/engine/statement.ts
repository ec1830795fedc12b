import { sqlText } from './sql-text.ts';

/** What a statement is, as far as the front has to know. */
export interface Statement {
  readonly kind: 'read' | 'insert' | 'other';
  /** Of its FORMAT clause. */
  readonly format: string | null;
}

export function statementOf(sql: string): Statement {
  const bare = sql.replace(/^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '');
  const format = /\bFORMAT\s+(\w+)\s*;?\s*$/i.exec(bare)?.[1] ?? null;
  const isRead = /^(?:SELECT|WITH|SHOW|DESCRIBE|DESC|EXISTS|EXPLAIN|CHECK)\b/i.test(bare);
  const isInsert = /^INSERT\b/i.test(bare);
  return { kind: isRead ? 'read' : isInsert ? 'insert' : 'other', format };
}

/** A setting that has no place in the statement it was sent with. */
export class MisplacedSetting extends Error {}

/**
 * The statement with the settings of its request. They go into its own SETTINGS clause: SET would change the session for
 * whoever uses it next.
 * @throws MisplacedSetting for statements that take none: in CREATE, the clause belongs to the table.
 */
export function withSettings(
  sql: string,
  { kind }: Statement,
  settings: ReadonlyMap<string, string>,
): string {
  if (settings.size === 0) return sql;
  const [first] = settings.keys();
  if (kind === 'other' && !TAKES_SETTINGS.test(sql)) throw new MisplacedSetting(first);
  return `${sql.replace(/\s*;?\s*$/, '')}\nSETTINGS ${assignments(settings)}`;
}

const TAKES_SETTINGS = /^\s*(?:ALTER|DELETE|OPTIMIZE|BACKUP|RESTORE)\b/i;

/** Names of formats in which a text of a trace could be read as part of the statement. */
const UNSAFE = /^(?:TSV|TabSeparated|CSV|CustomSeparated|Values|Template)/i;

/** An insert whose data comes with the request, in a format that is not read here. */
export class UnsafeFormat extends Error {}

/**
 * An insert whose data is in a file: the engine reads inline data as text only.
 * @throws UnsafeFormat for tab- and comma-separated values, in which the engine looks for test hints: a row can be lost without an error.
 */
export function insertFrom(
  path: string,
  sql: string,
  format: string,
  settings: ReadonlyMap<string, string>,
): string {
  if (UNSAFE.test(format)) throw new UnsafeFormat(format);
  const target = sql.replace(/\s*\bFORMAT\s+\w+\s*;?\s*$/i, '');
  const clause = settings.size === 0 ? '' : ` SETTINGS ${assignments(settings)}`;
  return `${target} SELECT * FROM file(${sqlText(path)}, ${sqlText(format)})${clause}`;
}

const assignments = (settings: ReadonlyMap<string, string>): string =>
  [...settings].map(([name, value]) => `${checkedName(name)} = ${settingValue(value)}`).join(', ');

function checkedName(name: string): string {
  if (!/^\w+$/.test(name)) throw new MisplacedSetting(name);
  return name;
}

const settingValue = (value: string): string =>
  /^-?\d+(?:\.\d+)?$/.test(value) ? value : sqlText(value);
