import type { JsonObject } from '../../contract/json.ts';

/** The most key lists to remember; a file usually has only a few. */
const MOST = 16;

interface Known<Value> {
  readonly keys: readonly string[];
  readonly value: Value;
}

/**
 * The same function, which remembers its last results: rows of a file have the same keys in the same order. `read`
 * has to depend on the keys of a record alone, not on what they hold.
 */
export function byKeys<Value>(read: (record: JsonObject) => Value): (record: JsonObject) => Value {
  let known: readonly Known<Value>[] = [];
  return (record) => {
    for (let at = 0; at < known.length; at++) {
      const each = known[at]!;
      if (hasKeys(record, each.keys)) return each.value;
    }
    const value = read(record);
    known = [{ keys: Object.keys(record), value }, ...known.slice(0, MOST - 1)];
    return value;
  };
}

function hasKeys(record: JsonObject, keys: readonly string[]): boolean {
  let at = 0;
  for (const key in record) if (key !== keys[at++]) return false;
  return at === keys.length;
}
