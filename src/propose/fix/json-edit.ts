import { type Document, isMap, isNode, isScalar, isSeq, type Pair, parseDocument } from 'yaml';
import type { Json } from '../../contract/json.ts';

/** Where a value is: keys, and positions in lists. */
export type JsonPath = readonly (string | number)[];

/** JSON whose places are known, so that one value can change and every other character stays. JSON is YAML, too. */
export interface JsonText {
  readonly text: string;
  readonly document: Document;
}

/** Null for text that is not valid JSON. */
export function jsonText(text: string): JsonText | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  const document = parseDocument(text, { uniqueKeys: false });
  return document.errors.length > 0 ? null : { text, document };
}

/** The first mapping, from the outside in, that passes; null where none does. */
export function findMapping(
  { document }: JsonText,
  isWanted: (value: Readonly<Record<string, unknown>>) => boolean,
): JsonPath | null {
  const open: { readonly node: unknown; readonly path: JsonPath }[] = [
    { node: document.contents, path: [] },
  ];
  for (let at = 0; at < open.length; at += 1) {
    const { node, path } = open[at]!;
    if (isMap(node)) {
      if (isWanted(node.toJSON() as Readonly<Record<string, unknown>>)) return path;
      for (const { key, value } of node.items)
        open.push({ node: value, path: [...path, keyOf(key)] });
    }
    if (isSeq(node))
      for (const [index, item] of node.items.entries())
        open.push({ node: item, path: [...path, index] });
  }
  return null;
}

/** The text with a value set at the path, whose parent is a mapping that is there; null where it is not. */
export function withValue(
  { text, document }: JsonText,
  path: JsonPath,
  value: Json,
): string | null {
  const shown = JSON.stringify(value);
  const old = document.getIn(path, true);
  if (isNode(old) && old.range) {
    const [start, end] = old.range;
    return text.slice(0, start) + shown + text.slice(end);
  }
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent) || !parent.range) return null;
  const key = JSON.stringify(path.at(-1));
  const last = parent.items.at(-1);
  if (last === undefined)
    return `${text.slice(0, parent.range[0])}{ ${key}: ${shown} }${text.slice(parent.range[1])}`;
  const placed = placeOf(last);
  if (placed === null) return null;
  const before = text.slice(0, placed.start);
  const space = /\s*$/.exec(before)?.[0] ?? '';
  const colon = text.slice(placed.keyEnd, placed.valueStart);
  return `${text.slice(0, placed.end)},${space}${key}${colon}${shown}${text.slice(placed.end)}`;
}

function placeOf({ key, value }: Pair): {
  readonly start: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly end: number;
} | null {
  if (!isNode(key) || !isNode(value) || !key.range || !value.range) return null;
  return {
    start: key.range[0],
    keyEnd: key.range[1],
    valueStart: value.range[0],
    end: value.range[1],
  };
}

const keyOf = (key: unknown): string => (isScalar(key) ? String(key.value) : String(key));
