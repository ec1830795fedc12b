import { hash32 } from '../random/random.ts';
import { FORCE_STEPS, type Forces } from './forces.ts';

/** Everything an epoch reads; the arrays may be shared between workers. */
export interface LayoutPlan {
  readonly n: number;
  readonly components: number;
  readonly epochs: number;
  readonly seed: number;
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  /** Per edge: how often it acts, in times per epoch, (0, 1]. */
  readonly rates: Float32Array;
  readonly forces: Forces;
  readonly negativeSamples: number;
  readonly learningRate: number;
}

export function layoutRange(
  plan: LayoutPlan,
  epoch: number,
  from: number,
  to: number,
  before: Float32Array,
  after: Float32Array,
): void {
  const { n, components, seed, offsets, indices, rates } = plan;
  const { attraction, repulsion } = plan.forces;
  const alpha = plan.learningRate * (1 - epoch / plan.epochs);
  const scale = n * 2 ** -32;
  const negatives = plan.negativeSamples;
  const position = new Float64Array(components);
  for (let vertex = from; vertex < to; vertex++) {
    const at = vertex * components;
    for (let c = 0; c < components; c++) position[c] = before[at + c]!;
    let random = hash32(seed, vertex, epoch) | 1;
    for (let edge = offsets[vertex]!; edge < offsets[vertex + 1]!; edge++) {
      const rate = rates[edge]!;
      if ((((epoch + 1) * rate) | 0) === ((epoch * rate) | 0)) continue;
      pull(position, components, before, indices[edge]! * components, attraction, alpha);
      const draws = (negatives + (random & 1)) >> 1;
      for (let draw = 0; draw < draws; draw++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        const other = ((random >>> 0) * scale) | 0;
        if (other !== vertex)
          pull(position, components, before, other * components, repulsion, alpha);
      }
    }
    for (let c = 0; c < components; c++) after[at + c] = position[c]!;
  }
}

/** Moves `position` along its difference to the row at `other` by the table's coefficient, at most 4 · alpha a coordinate. */
function pull(
  position: Float64Array,
  components: number,
  rows: Float32Array,
  other: number,
  table: Float32Array,
  alpha: number,
): void {
  let squared = 0;
  for (let c = 0; c < components; c++) {
    const difference = position[c]! - rows[other + c]!;
    squared += difference * difference;
  }
  const coefficient = table[((squared / (squared + 1)) * FORCE_STEPS) | 0]!;
  for (let c = 0; c < components; c++) {
    const force = coefficient * (position[c]! - rows[other + c]!);
    position[c]! += alpha * Math.max(-4, Math.min(4, force));
  }
}
