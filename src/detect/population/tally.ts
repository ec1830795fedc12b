import type { Detected, DetectorCount } from '../../contract/detected.ts';
import type { Signal } from '../../contract/signal.ts';
import type { GapKind, Trace } from '../../contract/trace.ts';
import { MEASURED_PRECISION } from '../measured-precision.ts';

/** Counts over the population while it passes by. */
export interface Tally {
  /** Counts a trace; what follows is about it until the next. */
  readonly trace: (trace: Trace, position: number) => void;
  /** @param outcome whether it failed by what the input recorded; null where that says nothing. */
  readonly eligible: (outcome: boolean | null) => void;
  /** Something that the recorder left out, seen only when the trace was examined. */
  readonly gap: (kind: GapKind) => void;
  /** The detector at this index in the list found nothing, or cannot tell. */
  readonly none: (detector: number, verdict: 'no' | 'unknown') => void;
  readonly signal: (signal: Signal) => void;
  /** The trace failed. */
  readonly failure: () => void;
  /** A trace with these signals that did not fail. */
  readonly suspect: (signals: readonly Signal[]) => void;
  /** A finding that was dropped because its quote is not in the trace. */
  readonly unverified: (detector: string) => void;
  readonly error: (detector: string, message: string) => void;
  readonly state: () => TallyState;
  readonly merge: (state: TallyState) => void;
  readonly counts: () => Pick<
    Detected,
    'traces' | 'eligible' | 'failed' | 'detectors' | 'gaps' | 'suspects' | 'outcomes'
  >;
}

export interface TallyState {
  readonly traces: number;
  readonly eligible: number;
  readonly judged: number;
  readonly judgedFailed: number;
  readonly failures: number;
  readonly suspects: ReadonlyMap<string, number>;
  readonly detectors: ReadonlyMap<string, Readonly<Count>>;
  readonly gaps: ReadonlyMap<GapKind, number>;
}

interface Count {
  yes: number;
  no: number;
  unknown: number;
  unverified: number;
  errors: number;
  flagged: number;
  failed: number;
  firstError: { readonly position: number; readonly message: string } | null;
}

/** @param ids of the detectors, in the order in which they are listed. */
export function populationTally(ids: readonly string[]): Tally {
  const detectors = new Map(ids.map((id): [string, Count] => [id, emptyCount()]));
  const listed = ids.map((id) => detectors.get(id)!);
  const gaps = new Map<GapKind, number>();
  let traces = 0;
  let eligible = 0;
  const suspects = new Map<string, number>();
  let judged = 0;
  let judgedFailed = 0;
  let failures = 0;
  let position = 0;
  const countOf = (id: string): Count => {
    let count = detectors.get(id);
    if (count === undefined) {
      count = emptyCount();
      detectors.set(id, count);
    }
    return count;
  };
  let outcome: boolean | null = null;
  /** Detectors that said yes to the trace. */
  let saidYes = new Set<string>();
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
    eligible(of) {
      eligible += 1;
      outcome = of;
      if (saidYes.size > 0) saidYes = new Set();
      if (of === null) return;
      judged += 1;
      if (of) judgedFailed += 1;
    },
    failure: () => {
      failures += 1;
    },
    gap: (kind) => addGaps(kind, 1),
    none: (detector, verdict) => {
      const count = listed[detector]!;
      if (verdict === 'no') count.no += 1;
      else count.unknown += 1;
    },
    signal: ({ detector, verdict }) => {
      const count = countOf(detector);
      count[verdict] += 1;
      if (verdict !== 'yes' || outcome === null || saidYes.has(detector)) return;
      saidYes.add(detector);
      count.flagged += 1;
      if (outcome) count.failed += 1;
    },
    suspect: ([first]) => {
      if (first === undefined) return;
      const name = first.category ?? first.detector;
      suspects.set(name, (suspects.get(name) ?? 0) + 1);
    },
    unverified: (detector) => {
      countOf(detector).unverified += 1;
    },
    error: (detector, message) => {
      const count = countOf(detector);
      count.errors += 1;
      count.firstError = earlier(count.firstError, { position, message });
    },
    state: () => ({ traces, eligible, judged, judgedFailed, failures, suspects, detectors, gaps }),
    merge(other) {
      traces += other.traces;
      eligible += other.eligible;
      judged += other.judged;
      judgedFailed += other.judgedFailed;
      failures += other.failures;
      for (const [name, count] of other.suspects)
        suspects.set(name, (suspects.get(name) ?? 0) + count);
      for (const [id, count] of other.detectors) addCount(countOf(id), count);
      for (const [kind, count] of other.gaps) addGaps(kind, count);
    },
    counts: () => ({
      traces,
      eligible,
      failed: failures,
      outcomes: { judged, failed: judgedFailed },
      suspects: {
        count: [...suspects.values()].reduce((sum, count) => sum + count, 0),
        byCategory: [...suspects]
          .map(([category, count]) => ({ category, count }))
          .sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1)),
      },
      detectors: [...detectors].map(([id, count]) => counted(id, count, judgedFailed / judged)),
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
  flagged: 0,
  failed: 0,
  firstError: null,
});

function addCount(into: Count, from: Readonly<Count>): void {
  into.yes += from.yes;
  into.no += from.no;
  into.unknown += from.unknown;
  into.unverified += from.unverified;
  into.errors += from.errors;
  into.flagged += from.flagged;
  into.failed += from.failed;
  into.firstError = earlier(into.firstError, from.firstError);
}

function earlier(a: Count['firstError'], b: Count['firstError']): Count['firstError'] {
  if (a === null || b === null) return a ?? b;
  return b.position < a.position ? b : a;
}

/** @param base share of the traces with an outcome that failed. */
const counted = (
  id: string,
  { firstError, flagged, failed, ...count }: Count,
  base: number,
): DetectorCount => ({
  id,
  ...count,
  firstError: firstError?.message ?? null,
  openData: MEASURED_PRECISION.get(id) ?? null,
  precision:
    flagged === 0
      ? null
      : {
          flagged,
          failed,
          lift: base > 0 ? Math.round((1000 * failed) / flagged / base) / 1000 : null,
        },
});
