import { fnv1aOf } from '../text/hash.ts';

/** Caches one value per distinct set of rows (ascending). */
export function oncePerRowSet<Item, Value>(
  make: (item: Item) => Value,
  rowsOf: (item: Item) => readonly number[],
): (item: Item) => Value {
  const known = new Map<number, { readonly rows: readonly number[]; readonly value: Value }[]>();
  return (item) => {
    const rows = rowsOf(item);
    const hash = fnv1aOf(rows);
    let same = known.get(hash);
    if (same === undefined) {
      same = [];
      known.set(hash, same);
    }
    const found = same.find((each) => isSame(each.rows, rows));
    if (found !== undefined) return found.value;
    const value = make(item);
    same.push({ rows, value });
    return value;
  };
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((row, at) => row === b[at]);
