import type { Detected, DetectorCount } from '../../contract/detected.ts';
import type { Signal } from '../../contract/signal.ts';
import type { GapKind, Trace } from '../../contract/trace.ts';

/** Counts over the population while it passes by. */
export interface Tally {
  /** Counts a trace; what follows is about it until the next. */
  readonly trace: (trace: Trace, position: number) => void;
  readonly eligible: () => void;
  readonly signal: (signal: Signal) => void;
  /** A finding that was dropped because its quote is not in the trace. */
  readonly unverified: (detector: string) => void;
  readonly error: (detector: string, message: string) => void;
  readonly state: () => TallyState;
  readonly merge: (state: TallyState) => void;
  readonly counts: () => Pick<Detected, 'traces' | 'eligible' | 'detectors' | 'gaps'>;
}

export interface TallyState {
  readonly traces: number;
  readonly eligible: number;
  readonly detectors: ReadonlyMap<string, Readonly<Count>>;
  readonly gaps: ReadonlyMap<GapKind, number>;
}

interface Count {
  yes: number;
  no: number;
  unknown: number;
  unverified: number;
  errors: number;
  firstError: { readonly position: number; readonly message: string } | null;
}

/** @param ids of the detectors, in the order in which they are listed. */
export function populationTally(ids: readonly string[]): Tally {
  const detectors = new Map(ids.map((id): [string, Count] => [id, emptyCount()]));
  const gaps = new Map<GapKind, number>();
  let traces = 0;
  let eligible = 0;
  let position = 0;
  const countOf = (id: string): Count => {
    let count = detectors.get(id);
    if (count === undefined) {
      count = emptyCount();
      detectors.set(id, count);
    }
    return count;
  };
  const addGaps = (kind: GapKind, count: number): void => {
    gaps.set(kind, (gaps.get(kind) ?? 0) + count);
  };
  return {
    trace(trace, at) {
      traces += 1;
      position = at;
      if (trace.gaps.length === 0) return;
      for (const kind of new Set(trace.gaps.map((gap) => gap.kind))) addGaps(kind, 1);
    },
    eligible() {
      eligible += 1;
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
      count.firstError = earlier(count.firstError, { position, message });
    },
    state: () => ({ traces, eligible, detectors, gaps }),
    merge(other) {
      traces += other.traces;
      eligible += other.eligible;
      for (const [id, count] of other.detectors) addCount(countOf(id), count);
      for (const [kind, count] of other.gaps) addGaps(kind, count);
    },
    counts: () => ({
      traces,
      eligible,
      detectors: [...detectors].map(([id, count]) => counted(id, count)),
      gaps: [...gaps]
        .map(([kind, count]) => ({ kind, count }))
        .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1)),
    }),
  };
}

const emptyCount = (): Count => ({
  yes: 0,
  no: 0,
  unknown: 0,
  unverified: 0,
  errors: 0,
  firstError: null,
});

function addCount(into: Count, from: Readonly<Count>): void {
  into.yes += from.yes;
  into.no += from.no;
  into.unknown += from.unknown;
  into.unverified += from.unverified;
  into.errors += from.errors;
  into.firstError = earlier(into.firstError, from.firstError);
}

function earlier(a: Count['firstError'], b: Count['firstError']): Count['firstError'] {
  if (a === null || b === null) return a ?? b;
  return b.position < a.position ? b : a;
}

const counted = (id: string, { firstError, ...count }: Count): DetectorCount => ({
  id,
  ...count,
  firstError: firstError?.message ?? null,
});
