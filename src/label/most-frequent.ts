/** The commonest value and how often it occurs; the first in order of text wins a tie. Null for none. */
export function mostFrequent(values: readonly string[]): { value: string; count: number } | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: string; count: number } | null = null;
  for (const [value, count] of counts)
    if (best === null || count > best.count || (count === best.count && value < best.value))
      best = { value, count };
  return best;
}
