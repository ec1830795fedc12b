import type { Json } from '../contract/json.ts';
import { parseJson } from './json.ts';

const MAX_LENGTH = 100_000;

/**
 * Value of a Python literal of dicts, lists, strings, numbers, True, False and None (`str(dict)` is what many
 * recorders write where JSON is due); undefined when the text is no such literal.
 */
export function pythonLiteral(text: string): Json | undefined {
  const first = text.trimStart()[0];
  if ((first !== '{' && first !== '[') || text.length > MAX_LENGTH) return undefined;
  const json = asJson(text);
  return json === null ? undefined : parseJson(json);
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['False', 'false'],
  ['None', 'null'],
  ['nan', 'null'],
  ['true', 'true'],
  ['false', 'false'],
  ['null', 'null'],
]);

/** numpy writes no commas between the values of a list; they are added. */
function asJson(text: string): string | null {
  let out = '';
  let afterValue = false;
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string;
    const isOpening = character === '{' || character === '[' || character === '(';
    const isQuote = character === "'" || character === '"';
    if (afterValue && (isOpening || isQuote)) out += ',';
    if (isQuote) {
      const end = stringEnd(text, at);
      if (end < 0) return null;
      out += JSON.stringify(unescaped(text.slice(at + 1, end)));
      at = end + 1;
      afterValue = true;
    } else if (/[A-Za-z]/.test(character)) {
      const word = /^[A-Za-z]{1,5}/.exec(text.slice(at, at + 5))?.[0] ?? '';
      const json = WORDS.get(word);
      if (json === undefined) return null;
      out += json;
      at += word.length;
    } else {
      out += character === '(' ? '[' : character === ')' ? ']' : character;
      at++;
      if (character !== ' ' && character !== '\n') {
        afterValue = character === '}' || character === ']' || character === ')';
      }
    }
  }
  return out;
}

function stringEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

const unescaped = (body: string): string =>
  body.replace(/\\(.)/gs, (_, escaped: string) => ESCAPES.get(escaped) ?? escaped);
