import { RE2JS } from 're2js';

/** A regular expression whose matching time is linear in the text, whatever the expression is. */
export interface LinearPattern {
  /** Instructions of the compiled program; a match costs at most this many steps per character. */
  readonly size: number;
  readonly test: (text: string) => boolean;
}

/**
 * Compiles a regular expression found in data, in ECMAScript syntax with the `u` flag. Null when it
 * is longer than 2,000 characters, compiles to more than 20,000 instructions, is invalid, or needs
 * backtracking (lookaround, backreferences): then nobody can tell in linear time what it matches.
 * `\S` inside a character class treats only ASCII white space as white space.
 */
export function linearPattern(source: string): LinearPattern | null {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const pattern = compile(source);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(source, pattern);
  return pattern;
}

const compiled = new Map<string, LinearPattern | null>();
const MOST_KEPT = 200;
const LONGEST_SOURCE = 2_000;
const LARGEST_PROGRAM = 20_000;

function compile(source: string): LinearPattern | null {
  if (source.length > LONGEST_SOURCE) return null;
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(withEcmaClasses(source)));
    const size = pattern.programSize();
    return size > LARGEST_PROGRAM ? null : { size, test: (text) => pattern.test(text) };
  } catch {
    return null;
  }
}

const SPACES =
  '\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NEWLINES = '\\n\\r\\x{2028}\\x{2029}';

/** RE2 knows ASCII white space only, and its dot matches every line end but `\n`. Throws on what needs backtracking. */
function withEcmaClasses(source: string): string {
  let out = '';
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    const pair = source.slice(at, at + 2);
    if (char === '\\') {
      at++;
      if (pair === '\\s') out += inClass ? SPACES : `[${SPACES}]`;
      else if (pair === '\\S' && !inClass) out += `[^${SPACES}]`;
      else if (pair === '\\k') throw new SyntaxError('backreference');
      else out += pair;
      continue;
    }
    if (!inClass && /^\(\?<?[=!]/.test(source.slice(at, at + 4)))
      throw new SyntaxError('lookaround');
    if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    out += char === '.' && !inClass ? `[^${NEWLINES}]` : char;
  }
  return out;
}
