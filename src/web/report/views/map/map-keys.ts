import type { KeyMap } from '../../../hooks/use-keys.ts';
import type { MapController } from '../../map/map-controller.ts';

const PAN = 60;
const ZOOM = 1.4;

/** Arrows move the map, plus and minus zoom, 0 shows all. */
export function mapKeys(map: { readonly current: MapController | null }): KeyMap {
  const pan = (dx: number, dy: number) => () => map.current?.panBy(dx, dy);
  const moves: readonly (readonly [string, () => void])[] = [
    ['ArrowLeft', pan(PAN, 0)],
    ['ArrowRight', pan(-PAN, 0)],
    ['ArrowUp', pan(0, PAN)],
    ['ArrowDown', pan(0, -PAN)],
    ['+ =', () => map.current?.zoomBy(ZOOM)],
    ['-', () => map.current?.zoomBy(1 / ZOOM)],
    ['0', () => map.current?.show()],
  ];
  return Object.fromEntries(moves);
}
