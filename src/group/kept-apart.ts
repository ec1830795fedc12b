import type { Cause } from '../contract/cause.ts';
import type { RememberedCause } from '../contract/frozen-model.ts';
import { conditionTest } from '../text/fact-row.ts';
import { perGranularity } from './granularities.ts';
import type { FoundCluster, FoundLevels, GroupFacts, GroupInput } from './group-input.ts';
import { meetsOf } from './path-causes.ts';
import { oncePerRowSet } from './row-sets.ts';

/**
 * Divides every cluster that holds failures of two causes which are to stay apart: into those of one, those of the other, and
 * the rest. A failure belongs to the cause whose condition it meets, of both to the narrower one, and where it meets neither to
 * the one whose member it was. A rest smaller than `minClusterSize` joins the larger of the two. A cause smaller than that is
 * no cluster; of two that are merged, it stays with the other.
 */
export function keptApart(
  input: GroupInput,
  found: FoundLevels,
  minClusterSize: number,
): FoundLevels {
  const { apart = [], facts } = input;
  if (apart.length === 0 || facts === undefined) return found;
  const pairs = apart.map(({ causes: [one, other], isMerged }) => ({
    sides: [sideOf(one, facts), sideOf(other, facts)] as const,
    isMerged,
  }));
  const divided = oncePerRowSet(
    (cluster: FoundCluster): readonly FoundCluster[] => {
      let parts: readonly FoundCluster[] = [cluster];
      for (const pair of pairs)
        parts = parts.flatMap((part) => dividedBy(part, pair, minClusterSize, facts));
      return parts;
    },
    ({ rows }) => rows,
  );
  return perGranularity((granularity) => found[granularity].flatMap(divided));
}

interface Side {
  readonly cause: RememberedCause;
  /** Rows that meet its condition; none without one. */
  readonly meeting: ReadonlySet<number>;
  readonly members: ReadonlySet<number>;
}

function sideOf(cause: RememberedCause, { rows }: GroupFacts): Side {
  const test = cause.condition === null ? () => false : conditionTest(cause.condition);
  const ids = new Set(cause.members);
  const meeting = new Set<number>();
  const members = new Set<number>();
  for (const [at, row] of rows.entries()) {
    if (test(row)) meeting.add(at);
    if (ids.has(row.id)) members.add(at);
  }
  return { cause, meeting, members };
}

interface Pair {
  readonly sides: readonly [Side, Side];
  readonly isMerged: boolean;
}

function dividedBy(
  cluster: FoundCluster,
  { sides, isMerged }: Pair,
  smallest: number,
  facts: GroupFacts,
): readonly FoundCluster[] {
  const [one, other] = sides;
  const [narrow, wide] = one.meeting.size <= other.meeting.size ? [one, other] : [other, one];
  const sideOfRow = (row: number): Side | null => {
    if (narrow.meeting.has(row)) return narrow;
    if (wide.meeting.has(row)) return wide;
    if (one.members.has(row) === other.members.has(row)) return null;
    return one.members.has(row) ? one : other;
  };
  const parts = Map.groupBy(cluster.rows.keys(), (at) => sideOfRow(cluster.rows[at]!));
  const sizeOf = (side: Side | null): number => parts.get(side)?.length ?? 0;
  const least = Math.min(sizeOf(one), sizeOf(other));
  if (least === 0 || (isMerged && least < smallest)) return [cluster];
  const larger = sizeOf(one) >= sizeOf(other) ? one : other;
  if (sizeOf(null) < smallest) {
    parts.set(larger, [...parts.get(larger)!, ...(parts.get(null) ?? [])].sort(ascending));
    parts.delete(null);
  }
  return [...parts]
    .filter(([, places]) => places.length >= smallest)
    .map(([side, places]) => ({
      ...cluster,
      rows: places.map((at) => cluster.rows[at]!),
      membership: places.map((at) => cluster.membership[at]!),
      // They were measured for the whole.
      ...{ persistence: null, stability: null },
      cause: side === null ? cluster.cause : causeOf(side.cause, cluster.cause, facts),
    }));
}

const ascending = (a: number, b: number): number => a - b;

/** The cause of a part: as that of the whole, under its own condition. */
function causeOf(
  { condition }: RememberedCause,
  whole: Cause | null,
  facts: GroupFacts,
): Cause | null {
  if (condition === null || whole === null) return whole;
  return { ...whole, condition, meets: meetsOf(condition, facts) };
}
