import type { Json, JsonObject } from '../../contract/json.ts';
import { isRecord } from '../../text/json.ts';
import { pythonLiteral } from '../../text/python-literal.ts';
import type { ColumnRoles } from '../shape/column-map.ts';

/**
 * A row of a table whose cells hold lists and dicts as Python prints them, with those cells parsed. Plain values in
 * columns of answers and questions stay text: there they may be what was said.
 */
export function withPythonCells(row: JsonObject, roles: ColumnRoles): JsonObject {
  let out: Record<string, Json | undefined> | null = null;
  for (const key in row) {
    const cell = row[key];
    if (typeof cell !== 'string' || !isPython(cell)) continue;
    const value = pythonLiteral(withCommas(cell));
    if (value === undefined || (isSpoken(roles.of(key)?.role) && !isMessages(value))) continue;
    out ??= { ...row };
    out[key] = value;
  }
  return out ?? row;
}

/** Begins like a list or dict, and not like JSON. */
const isPython = (cell: string): boolean => PYTHON.test(cell);

const PYTHON =
  /^\s{0,4}(?:\[\s{0,4}(?:'|\{\s{0,4}'|"(?![\s\S]{0,20000}"[,\]]))|\{\s{0,4}'|\[\s{0,4}"[^"]{0,20000}"\s{1,4}['"])/;

/** numpy prints no commas between the values of a list. */
function withCommas(text: string): string {
  if (!/['"}\]]\s+['"{[]/.test(text)) return text;
  let out = '';
  let quote = '';
  let afterValue = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote !== '') {
      out += char;
      if (char === '\\') out += text[++at] ?? '';
      else if (char === quote) {
        quote = '';
        afterValue = true;
      }
      continue;
    }
    const isQuote = char === "'" || char === '"';
    if (afterValue && (isQuote || char === '{' || char === '[')) out += ',';
    if (isQuote) quote = char;
    if (char.trim() !== '') afterValue = char === '}' || char === ']';
    out += char;
  }
  return out;
}

const isSpoken = (role: string | undefined): boolean => role === 'input' || role === 'output';

/** Messages, or the inputs and outputs of a run. */
const isMessages = (value: Json): boolean =>
  isRecord(value) || (Array.isArray(value) && isRecord(value[0]));
