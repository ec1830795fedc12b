/** A piece of a message from which its template is made; a word with a digit in it is an id. */
export interface TemplateToken {
  readonly kind: 'value' | 'field' | 'list' | 'braces' | 'number' | 'word' | 'id';
  readonly start: number;
  readonly end: number;
  /** What is between quotes or brackets; empty for other kinds. */
  readonly inner: string;
}

/**
 * The next token, starting the search at `from`; null if there are no more. A quoted text is the name of a field before a colon,
 * else a value. Plain loops read ASCII, since half of the texts of a scan come by here; a pattern reads the rest.
 */
export function nextToken(text: string, from: number): TemplateToken | null {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit > 127) return matchedToken(text, at);
    if (isLetter(unit) || unit === UNDERSCORE) return wordAt(text, at);
    const token = isQuote(unit)
      ? quotedAt(text, at, unit)
      : unit === OPEN_BRACKET
        ? listAt(text, at)
        : unit === OPEN_BRACE
          ? bracesAt(text, at)
          : numberAt(text, at);
    if (token !== null) return token;
  }
  return null;
}

/** Quotes, brackets, words and numbers in any script. */
const TOKEN =
  /(["'`])([^"'`\n]{0,200})\1(\s{0,2}:)?|\[([^\]\n]{0,200})\]|(\{\s*\})|[\p{L}_][\p{L}\p{N}_'\u2019-]{0,60}|[-+]?[$€£]?\d[\p{L}\d.,:/%-]{0,60}/gu;
const MOST_INNER = 200;
const MOST_MORE = 60;

function matchedToken(text: string, from: number): TemplateToken | null {
  TOKEN.lastIndex = from;
  const match = TOKEN.exec(text);
  if (match === null) return null;
  const [whole, quote, quoted = '', colon, bracketed, braces] = match;
  const token = (kind: TemplateToken['kind'], inner = ''): TemplateToken => ({
    kind,
    start: match.index,
    end: match.index + whole.length,
    inner,
  });
  if (quote !== undefined) return token(colon === undefined ? 'value' : 'field', quoted);
  if (bracketed !== undefined) return token('list', bracketed);
  if (braces !== undefined) return token('braces');
  if (whole.charCodeAt(0) < 65) return token('number');
  return token(/\d/.test(whole) ? 'id' : 'word');
}

function wordAt(text: string, start: number): TemplateToken | null {
  let end = start + 1;
  let hasDigit = false;
  const most = Math.min(text.length, end + MOST_MORE);
  for (; end < most; end++) {
    const unit = text.charCodeAt(end);
    if (isLetter(unit)) continue;
    if (unit > 127) return matchedToken(text, start);
    if (isDigit(unit)) hasDigit = true;
    else if (unit !== UNDERSCORE && unit !== APOSTROPHE && unit !== HYPHEN) break;
  }
  return { kind: hasDigit ? 'id' : 'word', start, end, inner: '' };
}

function quotedAt(text: string, start: number, quote: number): TemplateToken | null {
  let close = start + 1;
  for (; close < text.length; close++) {
    const unit = text.charCodeAt(close);
    if (unit > 127) return matchedToken(text, start);
    if (unit === NEWLINE) return null;
    if (isQuote(unit)) break;
  }
  if (close === text.length || text.charCodeAt(close) !== quote || close - start > MOST_INNER + 1)
    return null;
  const inner = text.slice(start + 1, close);
  let colon = close + 1;
  while (colon <= close + 2 && isSpace(text.charCodeAt(colon))) colon++;
  const unit = text.charCodeAt(colon);
  if (unit > 127) return matchedToken(text, start);
  return unit === COLON
    ? { kind: 'field', start, end: colon + 1, inner }
    : { kind: 'value', start, end: close + 1, inner };
}

function listAt(text: string, start: number): TemplateToken | null {
  const close = text.indexOf(']', start);
  if (close < 0 || close - start > 2 * MOST_INNER + 1) return null;
  const inner = text.slice(start + 1, close);
  for (let at = 0; at < inner.length; at++) {
    const unit = inner.charCodeAt(at);
    if (unit > 127) return matchedToken(text, start);
    if (unit === NEWLINE) return null;
  }
  return inner.length > MOST_INNER ? null : { kind: 'list', start, end: close + 1, inner };
}

function bracesAt(text: string, start: number): TemplateToken | null {
  let close = start + 1;
  while (isSpace(text.charCodeAt(close))) close++;
  const unit = text.charCodeAt(close);
  if (unit > 127) return matchedToken(text, start);
  return unit === CLOSE_BRACE ? { kind: 'braces', start, end: close + 1, inner: '' } : null;
}

function numberAt(text: string, start: number): TemplateToken | null {
  let end = start;
  if (isSign(text.charCodeAt(end))) end++;
  if (text.charCodeAt(end) === DOLLAR) end++;
  else if (text.charCodeAt(end) > 127) return matchedToken(text, start);
  if (!isDigit(text.charCodeAt(end))) return null;
  const most = Math.min(text.length, ++end + MOST_MORE);
  for (; end < most; end++) {
    const unit = text.charCodeAt(end);
    if (unit > 127) return matchedToken(text, start);
    // Dots, commas, colons, slashes, signs and percents: what numbers and dates are written with.
    const isInside = (unit >= 44 && unit <= 47) || unit === COLON || unit === 37;
    if (!isLetter(unit) && !isDigit(unit) && !isInside) break;
  }
  return { kind: 'number', start, end, inner: '' };
}

const NEWLINE = 10;
const DOLLAR = 36;
const APOSTROPHE = 39;
const HYPHEN = 45;
const COLON = 58;
const OPEN_BRACKET = 91;
const UNDERSCORE = 95;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isQuote = (unit: number): boolean => unit === 34 || unit === 39 || unit === 96;
const isSign = (unit: number): boolean => unit === 43 || unit === 45;
const isSpace = (unit: number): boolean => unit === 32 || (unit >= 9 && unit <= 13);
