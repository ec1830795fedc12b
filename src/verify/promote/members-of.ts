import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import { CulpritError } from '../../contract/culprit-error.ts';

/** A cause of an analysis, and the rows of its failures. */
export interface FoundCause {
  readonly cluster: Cluster;
  readonly rows: readonly number[];
}

/**
 * The cause by its id, at whatever level it is, or by its rank in the list.
 * @throws CulpritError `invalid_option` for one that the analysis does not have, naming those that it has.
 */
export function findCause(analysis: Analysis, wanted: string | number): FoundCause {
  const { clusters, otherClusters, levels, level } = analysis;
  const cluster =
    typeof wanted === 'number'
      ? clusters.find(({ rank }) => rank === wanted)
      : [...clusters, ...otherClusters].find(({ id }) => id === wanted);
  if (cluster === undefined) throw unknownCause(analysis, wanted);
  const order = [level, ...levels.keys()];
  for (const index of order) {
    const at = levels[index]!.clusters.findIndex(({ id }) => id === cluster.id);
    if (at < 0) continue;
    const { assignments } = levels[index]!;
    const rows = assignments.flatMap((place, row) => (place === at ? [row] : []));
    if (rows.length > 0) return { cluster, rows };
  }
  throw unknownCause(analysis, wanted);
}

function unknownCause({ clusters }: Analysis, wanted: string | number): CulpritError {
  const listed = clusters
    .slice(0, 10)
    .map(({ id, rank }) => (rank === null ? id : `${id} (cause ${rank})`));
  return new CulpritError(
    'invalid_option',
    clusters.length === 0
      ? `there is no cause ${wanted}: the analysis found none`
      : `there is no cause ${wanted}; the analysis found ${listed.join(', ')}. Other options, files or another --seed give other causes`,
  );
}
