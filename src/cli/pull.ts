import * as z from 'zod';

/** Where the reading of one kind of thing is. */
const placeSchema = z.object({
  /** ISO 8601; null from the beginning. */
  from: z.string().nullable(),
  /** Exclusive. Set once, so that what comes in meanwhile moves no page. */
  to: z.string(),
  /** Of the next page; null for the first. */
  cursor: z.string().nullable(),
  isDone: z.boolean(),
});
export type Place = z.infer<typeof placeSchema>;

/** How far the history of a source has been read, by kind of thing: all that a later run needs to go on. */
export const pullStateSchema = z.record(z.string(), placeSchema);
export type PullState = Readonly<z.infer<typeof pullStateSchema>>;

export interface Page {
  readonly items: readonly object[];
  /** Null on the last. */
  readonly cursor: string | null;
}

/** One kind of thing that an API lists. */
export interface Stream {
  readonly name: string;
  /** The next page of what began in [from, to); null where the API has no such list. */
  readonly page: (place: Place) => Promise<Page | null>;
}

export interface PullDeps {
  /** Stores the items of a page; resolves when they are on disk. */
  readonly store: (items: readonly object[]) => Promise<void>;
  /** Keeps how far the reading has come, after what it read was stored. */
  readonly keep: (state: PullState) => Promise<void>;
  /** Of the first reading; null for all there is. */
  readonly since: string | null;
  readonly now: () => number;
}

/** What is written late has an earlier time than what was read before. */
const OVERLAP_MS = 3_600_000;

/**
 * Reads the streams page by page. A page is stored before the next is asked for, and the place is kept after that: broken off anywhere,
 * it goes on where it was, and at most one page is read twice, which stores nothing twice.
 */
export async function pull(
  streams: readonly Stream[],
  before: PullState,
  { store, keep, since, now }: PullDeps,
): Promise<{ readonly items: number }> {
  const state: Record<string, Place> = { ...before };
  let items = 0;
  for (const { name, page } of streams) {
    let place = begun(state[name], since, now());
    while (!place.isDone) {
      const read = await page(place);
      if (read !== null && read.items.length > 0) {
        await store(read.items);
        items += read.items.length;
      }
      const cursor = read?.cursor ?? null;
      place = { ...place, cursor, isDone: cursor === null };
      state[name] = place;
      await keep(state);
    }
  }
  return { items };
}

/** A reading that broke off goes on; one that is done is followed by what has come since. */
function begun(place: Place | undefined, since: string | null, now: number): Place {
  if (place !== undefined && !place.isDone) return place;
  const to = new Date(now).toISOString();
  const from =
    place === undefined ? since : new Date(Date.parse(place.to) - OVERLAP_MS).toISOString();
  return { from, to, cursor: null, isDone: false };
}
