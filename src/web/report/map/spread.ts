import { boundsOf } from './viewport.ts';

const MOST = 6000;
const ROUNDS = 24;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/**
 * Spreads out failures that share a place, so that a cluster's area on the map shows its size:
 * texts that differ only in names embed to one point. Stacks open into a sunflower pattern, then
 * neighbors push each other to a distance of about one drawn point. Fresh array; the same
 * positions give the same result. Unchanged above 6,000 points, where density is visible anyway.
 */
export function spreadOut(positions: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const bounds = boundsOf(positions);
  const n = positions.length / 2;
  if (bounds === null || n > MOST) return positions;
  const span = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) || 1;
  const gap = span * Math.min(1 / 90, 0.3 / Math.sqrt(n));
  const out = positions.slice();
  openStacks(out, gap);
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!pushApart(out, gap)) break;
  }
  return out;
}

/** Points within half a gap form a stack; the k-th goes to the k-th seed of a sunflower. */
function openStacks(positions: Float32Array, gap: number): void {
  for (const stack of cellsOf(positions, gap / 2).values()) {
    const [first] = stack;
    if (first === undefined || stack.length === 1) continue;
    const [x, y] = [positions[2 * first] ?? 0, positions[2 * first + 1] ?? 0];
    stack.forEach((i, k) => {
      const radius = gap * 0.56 * Math.sqrt(k);
      positions[2 * i] = x + radius * Math.cos(k * GOLDEN_ANGLE);
      positions[2 * i + 1] = y + radius * Math.sin(k * GOLDEN_ANGLE);
    });
  }
}

/** One round: each pair closer than the gap moves apart by half of what is missing. False if there was no such pair. */
function pushApart(positions: Float32Array, gap: number): boolean {
  const cells = cellsOf(positions, gap);
  let moved = false;
  for (const [key, cell] of cells) {
    const [column = 0, row = 0] = key.split(',').map(Number);
    for (const [right, down] of NEIGHBORS) {
      const other = cells.get(`${column + right},${row + down}`);
      if (other === undefined) continue;
      const same = right === 0 && down === 0;
      cell.forEach((i, k) => {
        for (const j of same ? cell.slice(k + 1) : other) {
          if (pushPair(positions, i, j, gap)) moved = true;
        }
      });
    }
  }
  return moved;
}

/** The cell itself and half of those around it, so that every pair of cells is visited once. */
const NEIGHBORS = [
  [0, 0],
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const;

function pushPair(positions: Float32Array, i: number, j: number, gap: number): boolean {
  let dx = (positions[2 * j] ?? 0) - (positions[2 * i] ?? 0);
  let dy = (positions[2 * j + 1] ?? 0) - (positions[2 * i + 1] ?? 0);
  const distance = Math.hypot(dx, dy);
  if (distance >= gap * 0.98) return false;
  if (distance < gap * 1e-3) {
    // Coinciding points have no direction: the higher index determines one.
    dx = gap * 1e-3 * Math.cos(j * GOLDEN_ANGLE);
    dy = gap * 1e-3 * Math.sin(j * GOLDEN_ANGLE);
  }
  const push = (gap - distance) / 2 / Math.max(distance, gap * 1e-3);
  positions[2 * i] = (positions[2 * i] ?? 0) - dx * push;
  positions[2 * i + 1] = (positions[2 * i + 1] ?? 0) - dy * push;
  positions[2 * j] = (positions[2 * j] ?? 0) + dx * push;
  positions[2 * j + 1] = (positions[2 * j + 1] ?? 0) + dy * push;
  return true;
}

function cellsOf(positions: Float32Array, side: number): Map<string, number[]> {
  const cells = new Map<string, number[]>();
  for (let i = 0; i < positions.length / 2; i += 1) {
    const x = positions[2 * i] ?? Number.NaN;
    if (Number.isNaN(x)) continue;
    const key = `${Math.floor(x / side)},${Math.floor((positions[2 * i + 1] ?? 0) / side)}`;
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [i]);
    else cell.push(i);
  }
  return cells;
}
