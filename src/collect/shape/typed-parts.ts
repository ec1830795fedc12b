import type { Json } from '../../contract/json.ts';
import type { Message } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { structured } from '../json/json-value.ts';
import { readMessages } from '../message/message.ts';

/** What a column says in typed parts, without the role that its name tells. */
export interface TypedParts {
  readonly messages: readonly Message[];
  /** Paths of parts that were not understood, from the column on. */
  readonly unknown: readonly string[];
}

const HOLDERS = ['parts', 'content', 'contents', 'blocks'] as const;

/** Reads `{"parts": [{"kind": "text", …}]}`, also as JSON text; null for anything else, and where a role is given. */
export function typedParts(given: Json | undefined, side: 'input' | 'output'): TypedParts | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'string' && !(MAY_ENCODE_OBJECT.test(given) && NAMES_HOLDER.test(given)))
    return null;
  const value = structured(given);
  if (!isRecord(value) || 'role' in value) return null;
  const holder = HOLDERS.find((key) => {
    const parts = value[key];
    return isList(parts) && parts.length > 0 && parts.every(isTyped);
  });
  if (holder === undefined) return null;
  const role = side === 'input' ? 'user' : 'assistant';
  const { messages, unknown } = readMessages({ role, [holder]: value[holder] }, role);
  return { messages, unknown: unknown.map((path) => `${side}.${path}`) };
}

/** An object as JSON text, perhaps encoded twice; lists are the most of what else is encoded. */
const MAY_ENCODE_OBJECT = /^\s*[{"]/;

/** A key that holds the parts, unless it is spelled with escapes. */
const NAMES_HOLDER = new RegExp(String.raw`${HOLDERS.join('|')}|\\u`);

const isTyped = (part: Json): boolean =>
  isRecord(part) && ['type', 'kind', 'part_kind', 'block_type'].some((key) => key in part);
