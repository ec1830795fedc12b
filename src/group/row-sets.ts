/** Makes one value for each different set of rows (ascending), however often it is asked for. */
export function oncePerRowSet<Item, Value>(
  make: (item: Item) => Value,
  rowsOf: (item: Item) => readonly number[],
): (item: Item) => Value {
  const known = new Map<number, { readonly rows: readonly number[]; readonly value: Value }[]>();
  return (item) => {
    const rows = rowsOf(item);
    const hash = hashOf(rows);
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

/** FNV-1a over 32-bit numbers. */
function hashOf(rows: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const row of rows) hash = Math.imul(hash ^ row, 0x01000193);
  return hash >>> 0;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((row, at) => row === b[at]);
