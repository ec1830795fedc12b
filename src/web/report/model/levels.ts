import type { Granularity } from '../../../contract/grouping.ts';
import type { ReportData } from '../../../contract/report.ts';
import { buildModel, type Decide, type ReportModel } from './report-model.ts';
import type { Address, Route } from './route.ts';

/** The data at all levels, coarse to fine; each model is built on first use. */
export interface Levels {
  readonly all: readonly { readonly granularity: Granularity; readonly causes: number }[];
  readonly at: (level: number) => ReportModel;
  /** The level of an address. If it names none: the initial level, or the nearest one that has the cluster. */
  readonly of: (address: Pick<Address, 'route' | 'granularity'>) => number;
}

export function createLevels(data: ReportData, decide?: Decide): Levels {
  const { levels, level: opening } = data.analysis;
  const { clusters: listed, otherClusters, options } = data.analysis;
  const isAll = options.all;
  const ranked = new Set(
    [...listed, ...otherClusters].filter(({ rank }) => rank !== null).map(({ id }) => id),
  );
  const first = buildModel(data, opening, undefined, decide);
  const models = new Map([[opening, first]]);
  return {
    all: levels.map(({ granularity, clusters }) => ({
      granularity,
      causes: isAll ? clusters.length : clusters.filter(({ id }) => ranked.has(id)).length,
    })),
    at(level) {
      const model = models.get(level) ?? buildModel(data, level, first.positions, decide);
      models.set(level, model);
      return model;
    },
    of({ route, granularity }) {
      const named = levels.findIndex((level) => level.granularity === granularity);
      if (named >= 0) return named;
      if (route.kind !== 'cluster') return opening;
      const holding = [...levels.keys()].filter((at) =>
        levels[at]?.clusters.some(({ id }) => id === route.id),
      );
      return holding.sort((a, b) => Math.abs(a - opening) - Math.abs(b - opening))[0] ?? opening;
    },
  };
}

/** The route after a change of level: a cause that does not exist there becomes the cause with most of its failures. */
export function counterpart(from: ReportModel, to: ReportModel, route: Route): Route {
  if (route.kind !== 'cluster' || to.clusterById.has(route.id)) return route;
  const [largest] = overlaps(from, to, from.clusterById.get(route.id) ?? -1);
  const cluster = largest === undefined ? undefined : to.clusters[largest.position];
  return cluster === undefined ? { kind: 'home' } : { kind: 'cluster', id: cluster.id };
}

/** The causes of another level that share failures with a cause of this level, most first; ties by rank. */
export function overlaps(
  from: ReportModel,
  to: ReportModel,
  position: number,
): { readonly position: number; readonly failures: number }[] {
  const shared = new Map<number, number>();
  for (const failure of from.members[position] ?? []) {
    const other = to.clusterOf[failure] ?? -1;
    if (other >= 0) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return [...shared]
    .map(([at, failures]) => ({ position: at, failures }))
    .sort((a, b) => b.failures - a.failures || a.position - b.position);
}
