import { causeTree } from './cause-tree.ts';
import { perGranularity } from './granularities.ts';
import type { FoundLevels, GroupInput, GroupOptions } from './group-input.ts';
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
  const stability = stabilities(rows, found, seed, (drawn, share) =>
    divide(causes, drawn, shrunken(minClusterSize, share), share),
  );
  const membershipOf = oncePerRowSet(
    (members: readonly number[]) => cosinesToMean(input, members),
    (members) => members,
  );
  return perGranularity((granularity) =>
    found[granularity].map((members, index) => ({
      rows: members,
      membership: membershipOf(members),
      persistence: null,
      stability: stability[granularity][index] ?? null,
    })),
  );
}

const divide = (
  causes: readonly (readonly string[] | null)[],
  rows: readonly number[],
  smallest: number,
  share: number,
): Division =>
  perGranularity((granularity) =>
    causeTree(causes, rows, smallest, granularity, share)
      .map((group) => group.rows)
      .filter((members) => members.length >= smallest),
  );

/** Rows have length 1, so the cosine to the mean is their dot product over its length. */
function cosinesToMean({ vectors, dimensions }: GroupInput, rows: readonly number[]): number[] {
  const mean = new Float64Array(dimensions);
  for (const row of rows)
    for (let d = 0; d < dimensions; d += 1) mean[d]! += vectors[row * dimensions + d]!;
  const length = Math.sqrt(mean.reduce((sum, value) => sum + value * value, 0)) || 1;
  return rows.map((row) => {
    let dot = 0;
    for (let d = 0; d < dimensions; d += 1) dot += vectors[row * dimensions + d]! * mean[d]!;
    return Math.max(0, Math.min(1, dot / length));
  });
}
