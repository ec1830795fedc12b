import type { Json } from '../../contract/json.ts';
import { cleanJson } from '../../text/clean-json.ts';

/** The values of a line that holds several after one another, and whether text was left that is none. */
export interface LineValues {
  readonly values: readonly Json[];
  readonly rest: string;
}

/** Values written without a line break between them: `{…}{…}`, `{…}, {…}`. Only objects and lists are looked for. */
export function lineValues(text: string): LineValues {
  const values: Json[] = [];
  let at = 0;
  for (;;) {
    while (at < text.length && SEPARATORS.includes(text[at] as string)) at++;
    const end = at < text.length ? closing(text, at) : -1;
    if (end < 0) break;
    try {
      values.push(cleanJson(JSON.parse(text.slice(at, end))));
    } catch {
      break;
    }
    at = end;
  }
  return { values, rest: text.slice(at) };
}

const SEPARATORS = ' \t\r\n,\u001e';

/** Where the value that begins at `start` ends; −1 when it does not. */
function closing(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth === 0) return at + 1;
    }
    if (depth === 0 && !inString) return -1;
  }
  return -1;
}
