export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Middle of a cluster and where most of it ends below. */
export interface Centre extends Place {
  readonly low: number;
}

/** Where a cluster's name goes: the medians of its members' coordinates, which outliers do not move, and the tenth percentile below; null without members on the map. */
export function clusterCentres(
  positions: Float32Array,
  members: readonly (readonly number[])[],
): (Centre | null)[] {
  return members.map((list) => {
    const placed = list.filter((i) => !Number.isNaN(positions[2 * i]));
    if (placed.length === 0) return null;
    const xs = Float32Array.from(placed, (i) => positions[2 * i] ?? 0).sort();
    const ys = Float32Array.from(placed, (i) => positions[2 * i + 1] ?? 0).sort();
    const at = (values: Float32Array, part: number): number =>
      values[Math.floor(values.length * part)] ?? 0;
    return { x: at(xs, 0.5), y: at(ys, 0.5), low: at(ys, 0.1) };
  });
}

/** Which labels of a size can be shown without covering one before them; `first` always can. Quadratic in the labels, which are few. */
export function freePlaces(
  places: readonly (Place | null)[],
  first: number | null,
  width: number,
  height: number,
): boolean[] {
  const shown: Place[] = [];
  const free = places.map(() => false);
  const order = [...places.keys()];
  if (first !== null && first < places.length) order.unshift(first);
  for (const i of order) {
    const place = places[i];
    if (place === undefined || place === null || free[i]) continue;
    const covered = shown.some(
      (other) => Math.abs(other.x - place.x) < width && Math.abs(other.y - place.y) < height,
    );
    if (covered) continue;
    shown.push(place);
    free[i] = true;
  }
  return free;
}
