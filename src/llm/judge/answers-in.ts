import type { Json, JsonObject } from '../../contract/json.ts';
import { isList, isRecord, parseJson } from '../../text/json.ts';

/** Schema of the answer to several items, each of the shape `answer`, told apart by its number. */
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

/** Longest answer looked at, in characters. */
const LIMIT = 200_000;

/**
 * What a model's text says of each item, as lenient as models need: thoughts before it, a code fence or
 * prose around it, a bare list, a bare object for a single item. Null where nothing is said of an item.
 */
export function answersIn(text: string, items: number): readonly (JsonObject | null)[] {
  const said = text.slice(0, LIMIT);
  const spoken = after(said, '</think>');
  for (const candidate of [
    spoken,
    between(spoken, '{', '}'),
    between(spoken, '[', ']'),
    between(after(spoken, '```json'), '{', '}'),
    between(fromAnswers(spoken), '{', '}'),
  ]) {
    const list = listOf(parseJson(candidate), items);
    if (list !== null) return placed(list, items);
  }
  return Array(items).fill(null);
}

/** What follows the last mark; all of it without one. */
function after(text: string, mark: string): string {
  const at = text.lastIndexOf(mark);
  return at < 0 ? text : text.slice(at + mark.length);
}

/** From the last object on that begins with answers; nothing without one. */
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

/** By the number an answer gives; those without a number by their place. The first of two holds. */
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
