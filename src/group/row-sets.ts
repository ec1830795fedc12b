import { fnv1aOf } from '../text/hash.ts';

/** Makes one value for each different set of rows (ascending), however often it is asked for. */
export function oncePerRowSet<Rows extends readonly number[], Value>(
  make: (rows: Rows) => Value,
): (rows: Rows) => Value {
  const known = new Map<number, { readonly rows: Rows; readonly value: Value }[]>();
  return (rows) => {
    const hash = fnv1aOf(rows);
    let same = known.get(hash);
    if (same === undefined) {
      same = [];
      known.set(hash, same);
    }
    const found = same.find((each) => isSame(each.rows, rows));
    if (found !== undefined) return found.value;
    const value = make(rows);
    same.push({ rows, value });
    return value;
  };
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((row, at) => row === b[at]);
