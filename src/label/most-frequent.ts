/** The most common value and its count; ties go to the first in text order. Null for an empty list. */
export const mostFrequent = (
  values: readonly string[],
): { readonly value: string; readonly count: number } | null =>
  mostFrequentBy(values, (value) => value);

/** Like `mostFrequent`, for values that are equal if their keys are; returns the first of the equal values. */
export function mostFrequentBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): { readonly value: Value; readonly count: number } | null {
  let best: { readonly key: string; readonly same: readonly Value[] } | null = null;
  for (const [key, same] of Map.groupBy(values, keyOf))
    if (
      best === null ||
      same.length > best.same.length ||
      (same.length === best.same.length && key < best.key)
    )
      best = { key, same };
  return best === null ? null : { value: best.same[0]!, count: best.same.length };
}
