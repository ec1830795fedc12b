import type { ToolDefinition } from '../../contract/trace.ts';
import { type Expression, parseAt, parseExpression } from '../../text/expression.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';

/** What is wrong with a tool call written into the text of an answer. */
export type CallTextProblem =
  | 'code fence'
  | 'prose around call'
  | 'quoted call'
  | 'json instead of call'
  | 'wrong argument form'
  | 'python literals'
  | 'broken tag'
  | 'truncated call'
  | 'invalid syntax'
  | 'empty call list'
  | 'leaked markers';

/** Tool calls found in text. `problem` is null where they are in a clean form that a caller can read. */
export interface CallText {
  readonly problem: CallTextProblem | null;
  /** The piece of the text that shows it. */
  readonly quote: string;
}

/**
 * Looks for calls of the offered tools in an answer that should have made them. Null when the text
 * holds none. Clean forms are a call or a list of calls with named arguments, `{"tool_calls": […]}`,
 * and JSON in a `<tool_call>` or `<function_call>` tag or after the tool's name.
 */
export function readCallText(text: string, tools: readonly ToolDefinition[]): CallText | null {
  const trimmed = text.trim();
  if (trimmed === '' || tools.length === 0) return null;
  if (trimmed === '[]') return { problem: 'empty call list', quote: trimmed };
  if (trimmed.includes('\\_')) {
    const read = readCallText(trimmed.replaceAll('\\_', '_'), tools);
    return read === null ? null : { problem: read.problem, quote: trimmed };
  }
  const name = mentioned(trimmed, tools);
  if (name === null) return null;
  return (
    marked(trimmed, name) ??
    fenced(trimmed, name) ??
    tagged(trimmed) ??
    whole(trimmed) ??
    afterName(trimmed, name) ??
    bracketed(trimmed) ??
    within(trimmed, name)
  );
}

/** The name of an offered tool as the text writes it: escaped and rewritten forms count. */
function mentioned(text: string, tools: readonly ToolDefinition[]): string | null {
  for (const { name } of tools) {
    for (const form of [name, name.replaceAll('.', '_')]) {
      const at = text.indexOf(form);
      if (at !== -1 && !/\w/.test(text[at - 1] ?? '') && !/\w/.test(text[at + form.length] ?? '')) {
        return form;
      }
    }
  }
  return null;
}

const MARKER = /<\|[a-z_]{2,30}\|>/;

/** Markers of the model's own chat template, which a server takes out when all is well. */
function marked(text: string, name: string): CallText | null {
  const marker = MARKER.exec(text);
  if (marker === null) return null;
  const bare = marker.index === 0 && /^\s{0,5}[[{]/.test(text.slice(marker[0].length));
  return bare || jsonCall(text, name) !== -1
    ? { problem: 'leaked markers', quote: marker[0] }
    : null;
}

/** Where a JSON object names the tool as the one to call. */
function jsonCall(text: string, name: string): number {
  const at = text.search(/["'](?:name|function|tool)["']\s{0,3}:\s{0,3}["']/);
  return at !== -1 && (text.includes(`"${name}"`) || text.includes(`'${name}'`)) ? at : -1;
}

function fenced(text: string, name: string): CallText | null {
  const open = text.indexOf('```');
  if (open === -1) return null;
  const line = text.indexOf('\n', open);
  if (line === -1) return null;
  const close = text.indexOf('```', line);
  const inside = text.slice(line + 1, close === -1 ? undefined : close).trim();
  if (!inside.includes(name) || !isCall(inside)) return null;
  return open === 0 ? { problem: 'code fence', quote: inside } : null;
}

/** Calls alone, in any of the forms; a program that makes a call somewhere is not one. */
const isCall = (text: string): boolean => {
  const value = parseExpression(text.replace(/;\s*$/, ''));
  if (value === null) return /^[[({]/.test(text);
  return calls(value).length > 0 || value.kind === 'dict' || value.kind === 'list';
};

const TAG = /<(tool_call|function_call|function|tool)>/;

function tagged(text: string): CallText | null {
  const tag = TAG.exec(text);
  if (tag === null) return null;
  const quote = text.slice(tag.index);
  const bodies = quote
    .split(/<\/?(?:tool_calls?|function_calls?|function|tool)>/)
    .map((body) => body.trim());
  const filled = bodies.filter((body) => body !== '');
  if (tag.index > 0) return { problem: 'prose around call', quote };
  for (const body of filled) {
    const value = parseExpression(body);
    if (value === null) {
      return { problem: body.startsWith('{') ? 'broken tag' : 'prose around call', quote: body };
    }
    if (!isJson(body) && !isOnlyQuoted(body)) return { problem: 'python literals', quote: body };
  }
  return filled.length === 0 ? { problem: 'broken tag', quote } : { problem: null, quote };
}

/** The text as a whole is one expression. */
function whole(text: string): CallText | null {
  if (text.includes(');')) {
    const parts = text.split(/(?<=\));\s*/).filter((part) => part !== '');
    if (parts.length > 1 && parts.every((part) => parseExpression(part)?.kind === 'call')) {
      return { problem: null, quote: text };
    }
  }
  const value = parseExpression(text.replace(/;\s*$/, ''));
  if (value === null) return null;
  const found = calls(value);
  if (found.length > 0) {
    const loose = found.some((call) => call.positional.length > 0);
    return { problem: loose ? 'wrong argument form' : null, quote: text };
  }
  const items = value.kind === 'list' ? value.items : [value];
  const kinds = new Set(items.map((item) => item.kind));
  if (kinds.has('string')) return { problem: 'quoted call', quote: text };
  if (kinds.has('dict'))
    return { problem: isToolCalls(text) ? null : 'json instead of call', quote: text };
  return { problem: 'invalid syntax', quote: text };
}

function isToolCalls(text: string): boolean {
  const value = parseJson(text);
  const list = isRecord(value) ? value['tool_calls'] : value;
  return (
    isList(list) &&
    list.every((item) => isRecord(item) && ('arguments' in item || 'function' in item))
  );
}

/** `name` and then its arguments as JSON. */
function afterName(text: string, name: string): CallText | null {
  if (!text.startsWith(name)) return null;
  if (text[name.length] === '(' && !/\n\s{0,10}\n/.test(text) && parseAt(text, 0) === null) {
    return { problem: isOpen(text) ? 'truncated call' : 'invalid syntax', quote: text };
  }
  const rest = text.slice(name.length).trim();
  if (!rest.startsWith('{')) return null;
  const value = parseExpression(rest);
  if (value === null)
    return { problem: isOpen(rest) ? 'truncated call' : 'invalid syntax', quote: text };
  return { problem: isJson(rest) || isOnlyQuoted(rest) ? null : 'python literals', quote: text };
}

/** A list of calls that does not parse. */
function bracketed(text: string): CallText | null {
  if (!/^[[{(]/.test(text)) return null;
  if (isOpen(text)) return { problem: 'truncated call', quote: text };
  const first = parseAt(text, 0);
  if (first !== null && calls(first.value).length > 0) {
    return { problem: 'prose around call', quote: text };
  }
  return CALL_SHAPE.test(text) ? { problem: 'invalid syntax', quote: text } : null;
}

/** A list or object whose first word is quoted or called, not a note in brackets. */
const CALL_SHAPE = /^[[({][\s[({]{0,5}["'\w.]{1,100}["'(,:{]/;

/** A call with named arguments somewhere in prose. */
function within(text: string, name: string): CallText | null {
  const fence = text.indexOf('```');
  const json = jsonCall(text, name);
  if (json !== -1 && !isFenced(json, fence))
    return { problem: 'prose around call', quote: text.slice(json) };
  const at = text.indexOf(`${name}(`);
  if (at === -1 || isFenced(at, fence) || DEFINES.test(text.slice(Math.max(0, at - 20), at)))
    return null;
  const quote = text.slice(at);
  const parsed = parseAt(text, at);
  if (parsed === null) return isOpen(quote) ? { problem: 'truncated call', quote } : null;
  const { value } = parsed;
  if (value.kind !== 'call' || value.named.length + value.positional.length === 0) return null;
  return { problem: 'prose around call', quote: text.slice(at, parsed.end) };
}

/** The tool is defined here, not called. */
const DEFINES = /\b(?:def|function|func|fn)\s{1,3}$/;

/** Code shown after prose explains how to call the tool; that is an answer, not a call gone wrong. */
const isFenced = (at: number, fence: number): boolean => fence > 0 && fence < at;

type Call = Expression & { readonly kind: 'call' };

const calls = (value: Expression): readonly Call[] => {
  if (value.kind === 'call') return [value];
  if (value.kind !== 'list') return [];
  const found = value.items.filter((item): item is Call => item.kind === 'call');
  return found.length === value.items.length ? found : [];
};

/** JSON but for single quotes in place of double ones: readers of calls put these right. */
const isOnlyQuoted = (text: string): boolean =>
  isJson(
    text.replace(STRING, (whole, inner: string | undefined) =>
      inner === undefined ? whole : `"${inner}"`,
    ),
  );

const STRING = /"(?:[^"\\]|\\.){0,10000}"|'([^'"\\]{0,10000})'/g;

/** More brackets opened than closed, strings left out: the text was cut. */
function isOpen(text: string): boolean {
  let depth = 0;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (quote !== '') {
      if (character === '\\') index++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('[({'.includes(character)) depth++;
    else if ('])}'.includes(character)) depth--;
  }
  return depth > 0 && !/[\])}]\s*$/.test(text);
}

const isJson = (text: string): boolean => parseJson(text) !== undefined;
