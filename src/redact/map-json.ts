/** What becomes of the parts of a value. */
export interface JsonChange {
  readonly text: (text: string) => string;
  readonly number: (value: number) => unknown;
}

/**
 * A copy of plain data with every string, key and number changed. Keys that become equal are told apart by a number.
 * Works without recursion, so nothing is too deep.
 */
export function mapJson<Value>(value: Value, change: JsonChange): Value {
  const holder: { value?: unknown } = {};
  const open: { readonly from: unknown; readonly put: (made: unknown) => void }[] = [
    { from: value, put: (made) => (holder.value = made) },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { from, put } = next;
    if (typeof from === 'string') put(change.text(from));
    else if (typeof from === 'number') put(change.number(from));
    else if (Array.isArray(from)) {
      const list: unknown[] = Array(from.length).fill(null);
      put(list);
      for (const [index, part] of from.entries())
        open.push({ from: part, put: (made) => (list[index] = made) });
    } else if (typeof from === 'object' && from !== null) {
      const record: Record<string, unknown> = {};
      const free = freeNames();
      put(record);
      for (const [key, part] of Object.entries(from)) {
        if (key === '__proto__') continue;
        const name = free(change.text(key));
        record[name] = null;
        open.push({ from: part, put: (made) => (record[name] = made) });
      }
    } else put(from);
  }
  return holder.value as Value;
}

/** Names as they are given, but each only once. */
function freeNames(): (name: string) => string {
  const taken = new Map<string, number>();
  return (name) => {
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? name : `${name} ${times}`;
  };
}
