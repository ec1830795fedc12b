import type { Cause } from '../contract/cause.ts';
import type { Condition } from '../contract/condition.ts';
import type { StandingCause } from '../contract/frozen-model.ts';
import { conditionTest } from '../text/fact-row.ts';
import { perGranularity } from './granularities.ts';
import type { FoundCluster, FoundLevels, GroupFacts, GroupInput } from './group-input.ts';
import { meetsOf } from './path-causes.ts';
import { isEmpty } from './rows.ts';

/**
 * Leaves causes that people have accepted as they are, whatever the clustering finds: a failure belongs to the first standing
 * cause in rank whose condition it meets, or whose member it was, and those of a settled one form one cluster, at every level.
 * What is left of other clusters stays, unless it is smaller than `minClusterSize`; so does what a settled cause would have had
 * that is smaller itself.
 */
export function withSettled(
  input: GroupInput,
  found: FoundLevels,
  minClusterSize: number,
): FoundLevels {
  const { standing = [], facts } = input;
  if (facts === undefined || !standing.some(({ isSettled }) => isSettled)) return found;
  const at = placesOf(standing, facts);
  const held = standing.flatMap((cause, place) => {
    const rows = at.flatMap((own, row) => (own === place && !isEmpty(input, row) ? [row] : []));
    return cause.isSettled && rows.length >= minClusterSize ? [{ cause, rows }] : [];
  });
  return perGranularity((granularity) => {
    const free = found[granularity];
    const isSame = (cluster: FoundCluster, { cause, rows }: Held): boolean =>
      String(cluster.rows) === String(rows) &&
      keyOf(cluster.cause?.condition ?? null) === keyOf(cause.condition);
    // What the clustering finds all the same keeps its measures.
    const kept = free.filter((cluster) => held.some((each) => isSame(cluster, each)));
    const made = held.filter((each) => !kept.some((cluster) => isSame(cluster, each)));
    const taken = new Set(held.flatMap(({ rows }) => rows));
    const rest = free.flatMap((cluster): FoundCluster[] => {
      if (kept.includes(cluster)) return [cluster];
      const places = [...cluster.rows.keys()].filter((place) => !taken.has(cluster.rows[place]!));
      if (places.length === cluster.rows.length) return [cluster];
      return places.length < minClusterSize ? [] : [partOf(cluster, places)];
    });
    return [...rest, ...made.map((each) => clusterOf(each, free, facts))];
  });
}

interface Held {
  readonly cause: StandingCause;
  /** Ascending. */
  readonly rows: readonly number[];
}

/** Of each row the standing cause that it belongs to, -1 for none. */
function placesOf(standing: readonly StandingCause[], { rows }: GroupFacts): readonly number[] {
  const tests = standing.map(({ condition }) => condition && conditionTest(condition));
  const members = new Map(
    standing.flatMap(({ condition, members: ids }, place) =>
      condition === null ? ids.map((id) => [id, place] as const) : [],
    ),
  );
  return rows.map((row) => {
    const met = tests.findIndex((test) => test?.(row) ?? false);
    return met >= 0 ? met : (members.get(row.id) ?? -1);
  });
}

const keyOf = (condition: Condition | null): string =>
  condition === null
    ? ''
    : JSON.stringify(condition.atoms.map(({ fact, least, most }) => [fact.key, least, most]));

/** Some members of a cluster, which was measured as a whole. */
const partOf = (cluster: FoundCluster, places: readonly number[]): FoundCluster => ({
  ...cluster,
  rows: places.map((place) => cluster.rows[place]!),
  membership: places.map((place) => cluster.membership[place]!),
  ...{ persistence: null, stability: null },
});

/** The cluster of a settled cause; what else is known of it comes from the cluster that most of its failures were in. */
function clusterOf(
  { cause: { condition }, rows }: Held,
  free: readonly FoundCluster[],
  facts: GroupFacts,
): FoundCluster {
  const own = new Set(rows);
  const [most] = free
    .map((cluster) => ({ cluster, shared: cluster.rows.filter((row) => own.has(row)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.cluster.rows[0]! - b.cluster.rows[0]!);
  const { cause = null, leftover = null } = most?.cluster ?? {};
  return {
    rows,
    membership: rows.map(() => 1),
    ...{ persistence: null, stability: null },
    cause: condition === null ? cause : heldCause(condition, cause, facts),
    leftover: condition === null ? leftover : null,
  };
}

/** What is known of a cause under its own condition, from the one that was found in its place. */
function heldCause(condition: Condition, found: Cause | null, facts: GroupFacts): Cause {
  const meets = meetsOf(condition, facts);
  if (found !== null && keyOf(found.condition) === keyOf(condition)) return { ...found, meets };
  const isDetected = condition.atoms.every(({ fact }) => fact.role === 'cause');
  return {
    ...{ condition, meets, state: isDetected ? 'detector' : 'untested' },
    ...{ toSettle: null, returns: null, mayLead: found?.mayLead ?? true, place: null },
  };
}
