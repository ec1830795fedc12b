/** Order in which people count: `v2` before `v10`. Runs of digits compare as numbers, anything else by code unit. */
export function naturalOrder(a: string, b: string): number {
  const left = a.match(PARTS) ?? [];
  const right = b.match(PARTS) ?? [];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const one = left[at]!;
    const other = right[at]!;
    if (one === other) continue;
    const difference = Number(one) - Number(other);
    if (Number.isFinite(difference) && difference !== 0) return difference;
    return one < other ? -1 : 1;
  }
  return left.length - right.length;
}

const PARTS = /\d{1,15}|\D{1,100}/g;
