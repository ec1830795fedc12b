import type { Json } from '../../../contract/json.ts';
import { parseExpression } from '../../../text/expression.ts';
import { parseJson } from '../../../text/json.ts';

/** How a text that should be JSON is not. */
export type JsonProblem =
  | 'json in code fence'
  | 'prose around json'
  | 'single quotes in json'
  | 'truncated json'
  | 'invalid json'
  | 'no json';

/** The JSON value of a text, or what is wrong with it. */
export type JsonText =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'problem'; readonly problem: JsonProblem; readonly quote: string };

/** Reads a text that should be JSON and nothing else; white space around it does not count. */
export function readJson(text: string): JsonText {
  const trimmed = text.trim();
  const value = parse(trimmed);
  if (value !== undefined) return { kind: 'json', value };
  return { kind: 'problem', ...problemOf(trimmed) };
}

function problemOf(text: string): { problem: JsonProblem; quote: string } {
  const fence = FENCE.exec(text);
  if (fence !== null && parse((fence[1] ?? '').trim()) !== undefined) {
    const alone = fence.index === 0 && fence[0].length === text.length;
    return {
      problem: alone ? 'json in code fence' : 'prose around json',
      quote: alone ? fence[0] : text,
    };
  }
  const open = text.search(/[{[]/);
  if (open === -1) return { problem: 'no json', quote: text };
  const last = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const inner = last > open ? text.slice(open, last + 1) : text.slice(open);
  if (parse(inner) !== undefined) return { problem: 'prose around json', quote: text };
  if (open > 0 && !/^```/.test(text)) {
    return { problem: /["']\s{0,3}:/.test(inner) ? 'prose around json' : 'no json', quote: text };
  }
  if (last !== text.length - 1 && depthOf(text.slice(open)) > 0) {
    return { problem: 'truncated json', quote: text.slice(-200) };
  }
  const literal = parseExpression(inner);
  const isPython =
    (literal?.kind === 'dict' || literal?.kind === 'list') &&
    /'|\b(?:True|False|None)\b/.test(inner);
  return { problem: isPython ? 'single quotes in json' : 'invalid json', quote: inner };
}

const FENCE = /```(?:json|JSON)?[ \t]{0,5}\n([\s\S]{0,100000}?)\n?[ \t]{0,5}```/;

/** Brackets still open at the end, those in strings aside. */
function depthOf(text: string): number {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
  return depth + (inString ? 1 : 0);
}

/** Objects and lists only: a bare number or word is no JSON document in this sense. */
const parse = (text: string): Json | undefined =>
  /^[{[]/.test(text) ? parseJson(text) : undefined;
