import { byDimension, DIMENSIONS, type Dimension, type Traits } from '../../contract/dimension.ts';
import type { FacetCounts, TrafficCounts } from '../../contract/traffic.ts';
import { KeptNames, type KeptState } from '../file/kept-names.ts';
import { TimeHistogram, type TimeState } from './time-histogram.ts';

/** Values of a dimension that are told apart. */
const MOST_VALUES = 4_000;

interface Count {
  traces: number;
  failed: number;
  firstSeen: number | null;
  lastSeen: number | null;
}

export interface TrafficState {
  readonly all: Readonly<Count>;
  readonly recorded: Readonly<Record<Dimension, number>>;
  readonly values: Readonly<Record<Dimension, KeptState<Readonly<Count>>>>;
  readonly times: TimeState;
}

/** Counts eligible traces and failed ones by time, version, model and tenant. */
export class TrafficTally {
  readonly #all = noCount();
  readonly #recorded = byDimension(() => 0) as Record<Dimension, number>;
  readonly #values = byDimension(() => new KeptNames<Count>(MOST_VALUES));
  readonly #times = new TimeHistogram();

  add(traits: Traits, failed: boolean): void {
    const { startTime } = traits;
    const one = { traces: 1, failed: Number(failed), firstSeen: startTime, lastSeen: startTime };
    addCount(this.#all, one);
    if (startTime !== null) this.#times.add(startTime, failed);
    for (const dimension of DIMENSIONS) {
      const value = traits[dimension];
      if (value === null) continue;
      this.#recorded[dimension] += 1;
      const count = this.#values[dimension].of(value, noCount);
      if (count !== undefined) addCount(count, one);
    }
  }

  state(): TrafficState {
    return {
      all: this.#all,
      recorded: this.#recorded,
      values: byDimension((dimension) => this.#values[dimension].state()),
      times: this.#times.state(),
    };
  }

  merge(other: TrafficState): void {
    addCount(this.#all, other.all);
    this.#times.merge(other.times);
    for (const dimension of DIMENSIONS) {
      this.#recorded[dimension] += other.recorded[dimension];
      this.#values[dimension].merge(other.values[dimension], noCount, addCount);
    }
  }

  counts(): TrafficCounts {
    return {
      firstSeen: this.#all.firstSeen,
      lastSeen: this.#all.lastSeen,
      buckets: this.#times.buckets(),
      facets: byDimension(
        (dimension): FacetCounts => ({
          recorded: this.#recorded[dimension],
          values: new Map(this.#values[dimension].entries()),
        }),
      ),
    };
  }
}

const noCount = (): Count => ({ traces: 0, failed: 0, firstSeen: null, lastSeen: null });

function addCount(into: Count, from: Readonly<Count>): void {
  into.traces += from.traces;
  into.failed += from.failed;
  into.firstSeen = either(Math.min, into.firstSeen, from.firstSeen);
  into.lastSeen = either(Math.max, into.lastSeen, from.lastSeen);
}

const either = (
  choose: (a: number, b: number) => number,
  a: number | null,
  b: number | null,
): number | null => (a === null || b === null ? (a ?? b) : choose(a, b));
