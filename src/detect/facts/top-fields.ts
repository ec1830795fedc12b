/** A field of the outermost object: its name and the start of its value as written, '' for null, none, and the like. */
export interface TopField {
  readonly name: string;
  readonly value: string;
}

const LIMIT = 4_000;
const VALUE_LIMIT = 200;

/**
 * Fields of the outermost object of a JSON text or a Python literal. Nothing is parsed, so a truncated result reads the
 * same. Empty if the text does not begin with a brace. Reads at most 4,000 characters; values are cut at 200.
 */
export function topFields(text: string): readonly TopField[] {
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== OPEN_BRACE) return NONE;
  const found: TopField[] = [];
  const end = Math.min(text.length, LIMIT);
  at++;
  while (at < end) {
    at = skipSpace(text, at);
    const quote = text.charCodeAt(at);
    if (quote !== DOUBLE && quote !== SINGLE) break;
    const nameEnd = closingQuote(text, at, end);
    const name = text.slice(at + 1, nameEnd);
    at = skipSpace(text, nameEnd + 1);
    if (text.charCodeAt(at) !== COLON) break;
    at = skipSpace(text, at + 1);
    const valueEnd = endOfValue(text, at, end);
    found.push({ name, value: plainValue(text.slice(at, Math.min(valueEnd, at + VALUE_LIMIT))) });
    at = valueEnd + 1;
  }
  return found;
}

const NONE: readonly TopField[] = [];
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const DOUBLE = 34;
const SINGLE = 39;
const COLON = 58;
const COMMA = 44;
const BACKSLASH = 92;

/** Position of the comma or brace after a value, past nested values and strings. */
function endOfValue(text: string, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === DOUBLE || unit === SINGLE) at = closingQuote(text, at, end);
    else if (unit === OPEN_BRACE || unit === OPEN_BRACKET) depth++;
    else if (unit === CLOSE_BRACE || unit === CLOSE_BRACKET) {
      if (depth === 0) return at;
      depth--;
    } else if (unit === COMMA && depth === 0) return at;
  }
  return end;
}

function closingQuote(text: string, from: number, end: number): number {
  const quote = text.charCodeAt(from);
  for (let at = from + 1; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === quote) return at;
  }
  return end;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

function plainValue(raw: string): string {
  const value = raw.trim();
  if (/^(?:null|None|undefined|nil|""|''|\[\s*\]|\{\s*\})$/.test(value)) return '';
  return value.replace(/^["'](.*?)["']?$/s, '$1').trim();
}
