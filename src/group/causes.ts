import type { Granularity } from '../contract/grouping.ts';
import { type CauseGroup, causeTree } from './cause-tree.ts';
import { cosinesToMean } from './cosine.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
import { pathCauses } from './path-causes.ts';
import { oncePerRowSet } from './row-sets.ts';
import { type Division, shrunken, stabilities } from './stability.ts';

/** Groups known causes by their keys; membership is the cosine to the group's mean. */
export function clusterCauses(
  input: GroupInput,
  causes: readonly (readonly string[] | null)[],
  rows: readonly number[],
  { minClusterSize, seed }: GroupOptions,
): FoundLevels {
  const found = divide(causes, rows, minClusterSize, 1);
  const stability = stabilities(rows, rowsOf(found), seed, (drawn, share) =>
    rowsOf(divide(causes, drawn, shrunken(minClusterSize, share), share)),
  );
  const causeOf = pathCauses(input.facts);
  const membershipOf = oncePerRowSet(
    (members: readonly number[]) => cosinesToMean(input, members),
    (members) => members,
  );
  return perGranularity((granularity) =>
    found[granularity].map(({ key, rows: members }, index) => ({
      rows: members,
      membership: membershipOf(members),
      persistence: null,
      stability: stability[granularity][index] ?? null,
      cause: causeOf(key),
      leftover: null,
    })),
  );
}

const divide = (
  causes: readonly (readonly string[] | null)[],
  rows: readonly number[],
  smallest: number,
  share: number,
): Readonly<Record<Granularity, readonly CauseGroup[]>> =>
  perGranularity((granularity) =>
    causeTree(causes, rows, smallest, granularity, share).filter(
      (found) => found.rows.length >= smallest,
    ),
  );

const rowsOf = (found: ReturnType<typeof divide>): Division =>
  perGranularity((granularity) => found[granularity].map(({ rows }) => rows));
