/** White space as `\s` means it in ECMAScript, for a class in Python. */
const SPACE =
  '\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff';
const NO_LINE_END = '[^\\n\\r\\u2028\\u2029]';
/** Escapes that mean the same in ECMAScript and in Python with `re.ASCII`. */
const SAME = /^(?:[dDwWbBtnrfv^$\\.*+?()[\]{}|/-]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})/;

/**
 * A pattern of ECMAScript (with `u`) as Python’s `re` reads it with `re.ASCII`; null where one means something else, or
 * might.
 */
export function pythonPattern(pattern: string): string | null {
  let out = '';
  let isClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const mark = pattern[at]!;
    if (mark === '\\') {
      const rest = pattern.slice(at + 1, at + 8);
      const kind = rest[0];
      if (kind === 's') out += isClass ? SPACE : `[${SPACE}]`;
      else if (kind === 'S' && !isClass) out += `[^${SPACE}]`;
      else {
        const same = SAME.exec(rest)?.[0];
        if (same === undefined || (isClass && /^[bB]/.test(same))) return null;
        out += same === '/' ? '/' : `\\${same}`;
        at += same.length - 1;
      }
      at += 1;
    } else if (isClass) {
      if (mark === ']') isClass = false;
      // Python warns of sets inside sets, which a later version may read in another way.
      out += mark === '[' || /[&|~]/.test(mark) ? `\\${mark}` : mark;
    } else if (mark === '[') {
      if (/^\[\^?\]/.test(pattern.slice(at, at + 3))) return null;
      isClass = true;
      out += mark;
    } else if (mark === '$') out += '\\Z';
    else if (mark === '.') out += NO_LINE_END;
    else if (mark === '(' && pattern[at + 1] === '?' && pattern[at + 2] !== ':') return null;
    else if (/[*+?}]/.test(mark) && pattern[at + 1] === '+') return null;
    else out += mark;
  }
  return out;
}
