import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';

/** Schema of the answer to several items, each of the shape `answer`, identified by its number. */
export const answersSchema = (answer: JsonObject): JsonObject => {
  const properties = answer['properties'];
  const own = isRecord(properties) ? properties : {};
  return {
    type: 'object',
    properties: {
      answers: {
        type: 'array',
        items: {
          type: 'object',
          properties: { item: { type: 'integer' }, ...own },
          required: ['item', ...Object.keys(own)],
          additionalProperties: false,
        },
      },
    },
    required: ['answers'],
    additionalProperties: false,
  };
};

/** Maximum characters of an answer to read. */
const LIMIT = 200_000;

/**
 * Reads a model's answer for each item. Accepts what models send: thinking before the answer, a code fence or
 * prose around it, a bare list, a bare object for a single item. Null for an item without an answer.
 */
export function answersIn(text: string, items: number): readonly (JsonObject | null)[] {
  const answer = after(text.slice(0, LIMIT), '</think>');
  for (const candidate of [
    answer,
    between(answer, '{', '}'),
    between(answer, '[', ']'),
    between(after(answer, '```json'), '{', '}'),
    between(fromAnswers(answer), '{', '}'),
  ]) {
    const list = listOf(parseJson(candidate), items);
    if (list !== null) return placed(list, items);
  }
  return Array(items).fill(null);
}

/** The text after the last mark, or all of it if there is none. */
function after(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  return at < 0 ? text : text.slice(at + mark.length);
}

/** The text from the last object that starts with `answers`; empty if there is none. */
function fromAnswers(text: string): string {
  const at = text.lastIndexOf('"answers"');
  return at < 0 ? '' : text.slice(Math.max(0, text.lastIndexOf('{', at)));
}

const between = (text: string, open: string, close: string): string =>
  text.slice(Math.max(0, text.indexOf(open)), text.lastIndexOf(close) + 1);

function listOf(value: Json | undefined, items: number): readonly Json[] | null {
  if (isList(value)) return value;
  if (!isRecord(value)) return null;
  if (isList(value['answers'])) return value['answers'];
  return items === 1 ? [value] : null;
}

/** Places answers by their number, or by position if they have none. The first of two answers wins. */
function placed(list: readonly Json[], items: number): (JsonObject | null)[] {
  const found: (JsonObject | null)[] = Array(items).fill(null);
  for (const [place, answer] of list.entries()) {
    if (!isRecord(answer)) continue;
    const { item = place + 1, ...rest } = answer;
    const at = Number(item) - 1;
    if (Number.isInteger(at) && at >= 0 && at < items) found[at] ??= rest;
  }
  return found;
}
