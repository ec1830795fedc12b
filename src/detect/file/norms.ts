import type { FileFacts, GroupNorms, Norm } from '../../contract/file-facts.ts';
import type { Trace } from '../../contract/trace.ts';
import { largest } from '../../numeric/statistics/extremes.ts';
import {
  addValue,
  createSketch,
  distribution,
  mergeSketch,
  type QuantileSketch,
} from '../../numeric/statistics/quantile-sketch.ts';
import { samplingKey } from '../../text/hash.ts';
import { mask } from '../../text/mask.ts';
import { MEASURES, type Measure, measured } from './measure.ts';
import type { Summary } from './summary.ts';

/** Only the highest share of a group can be outliers, */
const SHARE = 0.01;
/** and only above this robust z of the logarithm (Iglewicz and Hoaglin 1993). */
const ROBUST_Z = 3.5;
/** Groups with fewer values have no norm. */
const MINIMUM = 100;

type Group = Pick<GroupNorms, 'operation' | 'promptVersion'>;
type GroupSketches = Group & Readonly<Record<Measure, QuantileSketch>>;

export interface NormsState {
  readonly groups: ReadonlyMap<string, GroupSketches>;
  /** Groups whose key hashes this high or higher were dropped. */
  readonly limit: number;
}

/**
 * What is usual for cost, latency and tokens in each group: an operation (trace name, else root span's
 * name, digits masked) in one prompt version. Of more than `most` groups, those whose key hashes lowest are kept.
 */
export function normsSummary(most = 1000): Summary<NormsState, readonly GroupNorms[]> {
  const groups = new Map<string, GroupSketches>();
  const hashes = new Map<string, number>();
  let limit = 1;

  const groupOf = (group: Group): GroupSketches | undefined => {
    const key = keyOf(group);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const hash = samplingKey(key, 0);
    if (hash >= limit) return undefined;
    const fresh = {
      operation: group.operation,
      promptVersion: group.promptVersion,
      cost: createSketch(),
      latency: createSketch(),
      token: createSketch(),
    };
    groups.set(key, fresh);
    hashes.set(key, hash);
    if (groups.size > most) dropFrom(largest(hashes.values()));
    return groups.get(key);
  };
  /** A dropped group never comes back, so those that are kept are complete. */
  const dropFrom = (hash: number): void => {
    limit = Math.min(limit, hash);
    for (const [key, each] of hashes) {
      if (each < limit) continue;
      groups.delete(key);
      hashes.delete(key);
    }
  };

  return {
    add({ trace }) {
      const group = groupOf(groupFor(trace));
      if (group === undefined) return;
      for (const measure of MEASURES) {
        const value = measured(trace, measure);
        if (value !== null) addValue(group[measure], value);
      }
    },
    state: () => ({ groups, limit }),
    merge(other) {
      dropFrom(other.limit);
      for (const sketches of other.groups.values()) {
        const group = groupOf(sketches);
        if (group === undefined) continue;
        for (const measure of MEASURES) mergeSketch(group[measure], sketches[measure]);
      }
    },
    freeze: () =>
      Array.from(groups.values(), ({ operation, promptVersion, cost, latency, token }) => ({
        operation,
        promptVersion,
        cost: normOf(cost),
        latency: normOf(latency),
        token: normOf(token),
      }))
        .filter((group) => MEASURES.some((measure) => group[measure] !== null))
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
}

function normOf(sketch: QuantileSketch): Norm | null {
  if (sketch.count < MINIMUM) return null;
  const { count, quantile, cutoff } = distribution(sketch);
  return { count, median: quantile(0.5), cutoff: cutoff(SHARE, ROBUST_Z) };
}

/** The norms of the group that a trace is in; undefined when too few traces are like it. */
export function normsFor(trace: Trace, { norms }: FileFacts): GroupNorms | undefined {
  const key = keyOf(groupFor(trace));
  let from = 0;
  let to = norms.length;
  // `freeze` sorts by key.
  while (from < to) {
    const middle = (from + to) >> 1;
    if (keyOf(norms[middle]!) < key) from = middle + 1;
    else to = middle;
  }
  const found = norms[from];
  return found !== undefined && keyOf(found) === key ? found : undefined;
}

const groupFor = (trace: Trace): Group => ({
  operation: operationOf(trace),
  promptVersion: trace.promptVersion,
});

const keyOf = ({ operation, promptVersion }: Group): string =>
  promptVersion === null ? operation : `${operation}\u0000${promptVersion}`;

/** Name of the trace or of its root span, digits masked; '' where there is none. */
export function operationOf(trace: Trace): string {
  const name = trace.name ?? trace.spans.find((span) => span.parentId === null)?.name ?? '';
  return /\d/.test(name) ? mask(name.slice(0, 200)) : name.slice(0, 200);
}
