import type { Detected, DetectorCount } from '../../contract/detected.ts';
import type { Signal } from '../../contract/signal.ts';
import type { GapKind, Trace } from '../../contract/trace.ts';

/** What is counted over the population while it passes by. */
export interface Tally {
  traces: number;
  eligible: number;
  readonly trace: (trace: Trace) => void;
  readonly signal: (signal: Signal) => void;
  /** A claim that was dropped because its quote does not hold. */
  readonly unverified: (detector: string) => void;
  readonly error: (detector: string, message: string) => void;
  readonly detectors: () => DetectorCount[];
  readonly gaps: () => Detected['gaps'];
}

export function populationTally(): Tally {
  const counts = new Map<string, Count>();
  const gaps = new Map<GapKind, number>();
  const countOf = (id: string): Count => {
    let count = counts.get(id);
    if (count === undefined) {
      count = { yes: 0, no: 0, unknown: 0, unverified: 0, errors: 0, firstError: null };
      counts.set(id, count);
    }
    return count;
  };
  return {
    traces: 0,
    eligible: 0,
    trace(trace) {
      this.traces += 1;
      if (trace.gaps.length === 0) return;
      for (const kind of new Set(trace.gaps.map((gap) => gap.kind)))
        gaps.set(kind, (gaps.get(kind) ?? 0) + 1);
    },
    signal: ({ detector, verdict }) => {
      countOf(detector)[verdict] += 1;
    },
    unverified: (detector) => {
      countOf(detector).unverified += 1;
    },
    error: (detector, message) => {
      const count = countOf(detector);
      count.errors += 1;
      count.firstError ??= message;
    },
    detectors: () => [...counts].map(([id, count]) => ({ id, ...count })),
    gaps: () =>
      [...gaps]
        .map(([kind, count]) => ({ kind, count }))
        .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
  };
}

type Count = { -readonly [Key in keyof Omit<DetectorCount, 'id'>]: DetectorCount[Key] };
