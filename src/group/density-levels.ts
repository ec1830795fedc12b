import type { Granularity } from '../contract/grouping.ts';
import { type HdbscanResult, hdbscanLayers } from '../numeric/numeric.ts';

/** One cluster of a level: indices of the clustered points, ascending. */
export interface DensityCluster {
  readonly places: readonly number[];
  readonly membership: readonly number[];
  /** Null for clusters that HDBSCAN did not select itself. */
  readonly persistence: number | null;
}

interface Flat {
  readonly labels: Int32Array;
  readonly probabilities: Float32Array;
}

/**
 * Builds five nested levels from one hierarchy. `medium` is HDBSCAN's own selection (excess of mass). Finer levels replace
 * each of its clusters by the clusters of a layer that splits it; coarser levels use the layer's cluster if it
 * contains several. `finest` uses the leaves, `coarsest` the layer with the fewest clusters, `fine` and `coarse` the
 * layer whose number of clusters is nearest halfway (geometrically).
 */
export function densityLevels(
  chosen: HdbscanResult,
): Readonly<Record<Granularity, readonly DensityCluster[]>> {
  const own = clustersOf(chosen, (label) => Math.min(1, chosen.persistence[label]!));
  const layers = hdbscanLayers(chosen.hierarchy);
  const finer = layers.filter(({ clusters }) => clusters > own.length).toReversed();
  const coarser = layers.filter(({ clusters }) => clusters < own.length);
  const [fine, finest] = halfwayAndLast(finer, own.length);
  const [coarse, coarsest] = halfwayAndLast(coarser, own.length);
  const level = (layer: Flat | undefined, combine: typeof meet): readonly DensityCluster[] =>
    layer === undefined ? own : combine(own, layer);
  return {
    coarsest: level(coarsest, widen),
    coarse: level(coarse, widen),
    medium: own,
    fine: level(fine, meet),
    finest: level(finest, meet),
  };
}

/** The last of the layers, which lead away from the selection, and the one halfway to it, if there are two or more. */
function halfwayAndLast<Layer extends { readonly clusters: number }>(
  layers: readonly Layer[],
  chosen: number,
): [Layer | undefined, Layer | undefined] {
  const last = layers.at(-1);
  const between = layers.slice(0, -1);
  if (last === undefined || between.length === 0) return [undefined, last];
  const middle = Math.log(Math.sqrt(chosen * last.clusters));
  const away = ({ clusters }: Layer): number => Math.abs(Math.log(clusters) - middle);
  return [between.reduce((best, layer) => (away(layer) < away(best) ? layer : best)), last];
}

/** Each cluster, or its parts in the layer if the layer splits it. */
function meet(own: readonly DensityCluster[], layer: Flat): DensityCluster[] {
  const parts = clustersOf(layer, () => null);
  return own.flatMap((cluster) => {
    if (holderOf(cluster, layer, parts) !== null) return [cluster];
    const inside = new Set(cluster.places.map((place) => layer.labels[place]!));
    return parts.filter((_, label) => inside.has(label));
  });
}

/** The layer's cluster if it contains one or more of the clusters, else the cluster itself. */
function widen(own: readonly DensityCluster[], layer: Flat): DensityCluster[] {
  const parts = clustersOf(layer, () => null);
  const held = Map.groupBy(own, (cluster) => holderOf(cluster, layer, parts));
  return [...held].flatMap(([holder, clusters]) =>
    holder === null ||
    (clusters.length === 1 && holder.places.length === clusters[0]!.places.length)
      ? clusters
      : [holder],
  );
}

/** The layer's cluster that contains all of a cluster; null if the layer splits it. Both come from one tree. */
function holderOf(
  { places }: DensityCluster,
  { labels }: Flat,
  parts: readonly DensityCluster[],
): DensityCluster | null {
  const label = labels[places[0]!]!;
  const holder = parts[label];
  if (holder === undefined || holder.places.length < places.length) return null;
  return places.every((place) => labels[place] === label) ? holder : null;
}

function clustersOf(
  { labels, probabilities }: Flat,
  persistence: (label: number) => number | null,
): DensityCluster[] {
  const places = Map.groupBy(labels.keys(), (place) => labels[place]!);
  return Array.from({ length: places.size - (places.has(-1) ? 1 : 0) }, (_, label) => {
    const members = places.get(label) ?? [];
    return {
      places: members,
      membership: members.map((place) => probabilities[place]!),
      persistence: persistence(label),
    };
  });
}
