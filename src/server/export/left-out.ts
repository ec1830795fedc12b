/** What a format cannot hold, counted by what it is. */
export interface LeftOut {
  add(what: string, count?: number): void;
  readonly list: () => readonly { readonly what: string; readonly count: number }[];
}

export function leftOut(): LeftOut {
  const counts = new Map<string, number>();
  return {
    add(what, count = 1) {
      if (count > 0) counts.set(what, (counts.get(what) ?? 0) + count);
    },
    list: () =>
      Array.from(counts, ([what, count]) => ({ what, count })).sort((a, b) => b.count - a.count),
  };
}
