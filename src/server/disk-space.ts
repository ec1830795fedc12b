import { bytes } from '../text/format.ts';

/** Bytes that the disk of the data folder must have free: groups of spans have 8 MB, and merges write several of them anew. */
const FREE_FLOOR = 64 * 1024 * 1024;

/** Milliseconds for which an answer holds. */
const HOLDS = 3_000;

/** Free bytes of the disk that traces are stored on; null where a server elsewhere has it. */
export type FreeBytes = (() => Promise<number>) | null;

/** Why nothing more can be stored; null where there is space, and where the disk does not say. */
export type DiskFull = () => Promise<string | null>;

/**
 * Looks at the disk every few seconds at most.
 * @param clock Milliseconds as by a clock that nobody sets.
 */
export function diskFull(free: FreeBytes, clock: () => number): DiskFull {
  if (free === null) return () => Promise.resolve(null);
  let looked: { readonly at: number; readonly reason: Promise<string | null> } | null = null;
  const look = async (): Promise<string | null> => {
    const left = await free().catch(() => Number.POSITIVE_INFINITY);
    return left >= FREE_FLOOR
      ? null
      : `the disk of the data folder is full: ${bytes(left)} are free, ${bytes(FREE_FLOOR)} are needed`;
  };
  return () => {
    const at = clock();
    if (looked === null || at - looked.at >= HOLDS) looked = { at, reason: look() };
    return looked.reason;
  };
}
