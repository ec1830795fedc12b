import type { Trace } from '../../contract/trace.ts';
import { type Lowest, lowest } from './bottom-k.ts';
import { keyOf, MEASURES, type Measure, measured } from './outlier.ts';
import { slim } from './slim.ts';

/** The traces that may turn out to be outliers once the whole population is known. */
export interface Suspects {
  readonly add: (trace: Trace) => void;
  /** Each once, in id order. */
  readonly traces: () => readonly Trace[];
}

const PER_GROUP = 64;
const GROUPS = 48;

/** Keeps the 64 highest of each measure in each of the first 48 groups: outliers are always among the highest. */
export function suspects(): Suspects {
  const groups = new Map<string, Readonly<Record<Measure, Lowest<Trace>>>>();
  return {
    add: (trace) => {
      const key = keyOf(trace);
      let group = groups.get(key);
      if (group === undefined) {
        if (groups.size >= GROUPS) return;
        group = { cost: lowest(PER_GROUP), latency: lowest(PER_GROUP), token: lowest(PER_GROUP) };
        groups.set(key, group);
      }
      let kept: Trace | undefined;
      for (const measure of MEASURES) {
        const value = measured(trace, measure);
        if (value === null) continue;
        group[measure].offer(-value, () => {
          kept ??= slim(trace);
          return kept;
        });
      }
    },
    traces: () => {
      const all = new Map<string, Trace>();
      for (const group of groups.values())
        for (const measure of MEASURES)
          for (const { item } of group[measure].items()) all.set(item.id, item);
      return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}
