/** The traffic of a version. */
export interface TrafficSeen {
  readonly value: string;
  /** Its last trace; epoch milliseconds. */
  readonly last: number;
  /** Traces, those that can be judged, and those of these that fail. */
  readonly traces: number;
  readonly eligible: number;
  readonly failed: number;
}

/** Milliseconds before a new version that count as its eve. */
export const EVE = 86_400_000;

/**
 * The version that another one follows: of those with most traffic on the eve of its first trace, the first that has enough
 * traffic to be compared; else the last to run that has; else the one with most traffic on the eve. So a version that ran
 * beside it all the time (a canary) follows the one that carried the traffic, not the one whose last trace came a second later.
 * @param before traffic up to the first trace of the new version, of those alone that ran before it
 * @param eve the part of that in its last day
 * @param now traffic up to now; those that run on count with all of it
 * @returns With its traffic up to now; null where nothing ran before.
 */
export function previousVersion(
  {
    before,
    eve,
    now,
  }: {
    readonly before: readonly TrafficSeen[];
    readonly eve: readonly TrafficSeen[];
    readonly now: readonly TrafficSeen[];
  },
  floor: number,
): TrafficSeen | null {
  const onEve = eve.toSorted((a, b) => b.traces - a.traces || (a.value < b.value ? -1 : 1));
  const earlier = before.toSorted((a, b) => b.last - a.last || (a.value < b.value ? -1 : 1));
  const candidates = [...onEve, ...earlier].map(
    ({ value }) => now.find((each) => each.value === value) ?? null,
  );
  const found = candidates.filter((each) => each !== null);
  return found.find(({ eligible }) => eligible >= floor) ?? found[0] ?? null;
}
