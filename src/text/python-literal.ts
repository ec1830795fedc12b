import type { Json } from '../contract/json.ts';
import { cleanJson } from './clean-json.ts';
import { type Expression, parseExpression } from './expression.ts';

/**
 * Value of a Python literal of dicts, lists, strings, numbers, True, False and None (`str(dict)` is what many
 * recorders write where JSON is due), cleaned; undefined when the text is no such literal or is longer
 * than 100,000 characters.
 */
export function pythonLiteral(text: string): Json | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  const expression = parseExpression(text, { maxLength: MAX_LENGTH, lineBreaks: true });
  const value = expression === null ? undefined : literalOf(expression);
  return value === undefined ? undefined : cleanJson(value);
}

const MAX_LENGTH = 100_000;

function literalOf(expression: Expression): Json | undefined {
  switch (expression.kind) {
    case 'string':
    case 'constant':
      return expression.value;
    case 'number':
      return Number.isFinite(expression.value) ? expression.value : undefined;
    case 'list':
      return listOf(expression.items);
    case 'dict':
      return objectOf(expression.entries);
    default:
      return undefined;
  }
}

function listOf(items: readonly Expression[]): Json | undefined {
  const values: Json[] = [];
  for (const item of items) {
    const value = literalOf(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function objectOf(entries: readonly (readonly [Expression, Expression])[]): Json | undefined {
  const members: [string, Json][] = [];
  for (const [key, held] of entries) {
    const value = key.kind === 'string' ? literalOf(held) : undefined;
    if (key.kind !== 'string' || value === undefined) return undefined;
    members.push([key.value, value]);
  }
  return Object.fromEntries(members);
}
