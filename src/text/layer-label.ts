import type { Cluster } from '../contract/cluster.ts';

/** Where to fix a cause: the layer that evidence points to, else the usual one, marked as such. */
export function layerLabel({ layer, usualLayer }: Pick<Cluster, 'layer' | 'usualLayer'>): string {
  if (layer !== 'unknown') return `fix in: ${layer}`;
  return usualLayer === 'unknown' ? 'layer unknown' : `usually fixed in: ${usualLayer}`;
}
