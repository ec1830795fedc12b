import type { Cluster } from '../../../contract/cluster.ts';

/** Where a fix goes: what the recording points to, else the usual place, said as such. */
export function layerText({ layer, usualLayer }: Pick<Cluster, 'layer' | 'usualLayer'>): string {
  if (layer !== 'unknown') return layer;
  return usualLayer === 'unknown' ? 'layer not known' : `usually ${usualLayer}`;
}
