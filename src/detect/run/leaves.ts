import type { Json } from '../../contract/json.ts';

/** One scalar inside a value, with the path that leads to it. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: string | number | boolean | null;
}

const LIMIT = 5_000;
const MAX_DEPTH = 24;

/** Every scalar of a value in order, up to 5,000 of them. */
export function leavesOf(value: Json): readonly Leaf[] {
  const leaves: Leaf[] = [];
  collect(value, [], leaves);
  return leaves;
}

function collect(value: Json, path: readonly (string | number)[], leaves: Leaf[]): void {
  if (leaves.length >= LIMIT || path.length > MAX_DEPTH) return;
  if (typeof value !== 'object' || value === null) leaves.push({ path, value });
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...path, index], leaves);
  } else {
    for (const [key, part] of Object.entries(value)) {
      if (part !== undefined) collect(part, [...path, key], leaves);
    }
  }
}

/** The names along a path, array indexes left out. */
export const namesOf = (path: readonly (string | number)[]): readonly string[] =>
  path.filter((token) => typeof token === 'string');

/** What a path leads to, as people read it: `address.zip`, array indexes left out. */
export const fieldName = (path: readonly (string | number)[]): string => namesOf(path).join('.');
