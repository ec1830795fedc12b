import { isInside } from '../map/lasso.ts';
import type { ReportModel } from './report-model.ts';

/** 1 per failure inside a closed polygon on the map, given as x, y, x, y, … */
export function insideArea(
  { positions, failures }: Pick<ReportModel, 'positions' | 'failures'>,
  area: readonly number[],
): Uint8Array {
  return Uint8Array.from(failures, (_, i) => {
    const [x, y] = [positions[2 * i] ?? Number.NaN, positions[2 * i + 1] ?? Number.NaN];
    return !Number.isNaN(x) && isInside(area, x, y) ? 1 : 0;
  });
}
