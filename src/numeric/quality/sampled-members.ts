import { checkInteger, checkPoints, checkSameLength } from '../checks.ts';
import { membersOf, sampleMembers } from './members.ts';
import type { ClusterQualityOptions } from './options.ts';

const LEAST_OF_EACH = 20;

/** The checked and, where there are many, sampled members of every cluster, with the full sizes. */
export function sampledMembers(
  points: Float32Array,
  labels: Int32Array,
  options: ClusterQualityOptions,
): { n: number; sizes: number[]; members: Int32Array[] } {
  const n = checkPoints(points, options.dimensions);
  checkSameLength('labels', labels.length, 'points', n);
  const sample = options.sample ?? 4000;
  checkInteger('sample', sample, 2);
  const all = membersOf(labels);
  const sizes = all.map((rows) => rows.length);
  return { n, sizes, members: sampleMembers(all, sample, LEAST_OF_EACH, options.seed ?? 0) };
}
