import { checkInteger, checkSameLength } from '../checks.ts';
import type { Neighbors } from './neighbors.ts';

/** Throws unless the graph has k entries for each of n points, all valid indices. */
export function checkGraph({ k, indices, distances }: Neighbors, n: number): void {
  checkInteger('graph.k', k, 1);
  checkSameLength('graph.indices', indices.length, 'n × k', n * k);
  checkSameLength('graph.distances', distances.length, 'n × k', n * k);
  for (const index of indices) checkInteger('graph.indices', index, 0, n - 1);
}
