import { hash53 } from '../../text/hash.ts';

/** The last ids that were added, at least `size` of them, in at most twice the memory. */
export interface RecentIds {
  add(id: string): void;
  has(id: string): boolean;
}

export function recentIds(size: number): RecentIds {
  let young = new Set<number>();
  let old = new Set<number>();
  return {
    add(id) {
      young.add(hash53(id));
      if (young.size < size) return;
      old = young;
      young = new Set();
    },
    has(id) {
      const hash = hash53(id);
      return young.has(hash) || old.has(hash);
    },
  };
}
