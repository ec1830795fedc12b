import type { FileFacts } from '../src/contract/file-facts.ts';
import type { Signal } from '../src/contract/signal.ts';
import { orderByCause } from '../src/detect/cause-order.ts';
import { isVerbatim } from '../src/detect/evidence.ts';
import { fileSummary } from '../src/detect/file/file-summary.ts';
import { detectors } from '../src/detect/registry.ts';
import type { Run } from '../src/detect/run/run.ts';
import { Examination } from '../src/detect/signals.ts';
import { runOf } from '../src/testing/trace.ts';
import type { BenchTrace } from './open-bench.ts';

/** Kinds of failure that only the finer truth names, not the nine labels. */
const FINER: Readonly<Record<string, string>> = {
  'other:answered_without_tool_call': 'missing_tool_call',
  'other:wrong_number_of_calls': 'tool_call_count',
  'other:empty_run': 'empty_output',
};

const examination = new Examination(detectors);

/** A trace with its positive signals. */
export interface DetectedTrace extends BenchTrace {
  readonly yes: readonly Signal[];
}

/**
 * Runs every detector on every trace, each half of a source read as one file; scores are left out, since they hold the
 * truth. `time` accumulates milliseconds per detector.
 */
export function detectAll(
  rows: readonly BenchTrace[],
  time?: Map<string, number>,
): readonly DetectedTrace[] {
  return [...Map.groupBy(rows, ({ source, half }) => `${source} ${half}`).values()].flatMap(
    (of) => {
      const runs = of.map(({ trace }) => runOf({ ...trace, scores: [] }));
      const summary = fileSummary();
      for (const run of runs) summary.add(run);
      const file = summary.freeze();
      return of.map((row, at) => ({ ...row, yes: signalsOf(runs[at]!, file, time) }));
    },
  );
}

function signalsOf(run: Run, file: FileFacts, time?: Map<string, number>): readonly Signal[] {
  return detectors.flatMap((detector) => {
    const start = performance.now();
    const signals = examination.signalsOf(detector, run, file);
    time?.set(detector.id, (time.get(detector.id) ?? 0) + performance.now() - start);
    return signals.filter((signal) => signal.verdict === 'yes');
  });
}

/** True labels of a trace: the nine labels, plus the label of its finer kind. */
export function truth(row: BenchTrace): readonly string[] {
  const finer = FINER[row.primary ?? ''];
  return finer === undefined ? row.labels : [...row.labels, finer];
}

/** Categories of the signals; `uncategorized` for a signal without one. */
export const categories = (row: DetectedTrace): string[] =>
  row.yes.map((signal) => signal.category ?? 'uncategorized');

/** The category of a trace's cause; null if no signal names one. */
export const firstCategory = (row: DetectedTrace): string | null =>
  orderByCause(row.trace, row.yes).find(({ category }) => category !== null)?.category ?? null;

/** Rates are NaN if nothing was flagged or nothing was positive. */
export interface Tally {
  readonly truth: number;
  readonly yes: number;
  readonly hit: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Compares traces that a signal fails with the true failures; a symptom alone makes a trace suspect, not failed. */
export const tallyFailed = (rows: readonly DetectedTrace[]): Tally =>
  tally(
    rows,
    (row) => row.failed,
    (row) => row.yes.some(({ tier }) => tier !== 'symptom'),
  );

/** Compares traces with a signal of one category with the traces of that label. */
export const tallyLabel = (rows: readonly DetectedTrace[], label: string): Tally =>
  tally(
    rows,
    (row) => truth(row).includes(label),
    (row) => categories(row).includes(label),
  );

/** Every true or detected label, sorted. */
export const labelsOf = (rows: readonly DetectedTrace[]): string[] =>
  [...new Set(rows.flatMap((row) => [...truth(row), ...categories(row)]))].sort();

/** Signals and the pieces of evidence they quote. */
export interface EvidenceCount {
  readonly claims: number;
  /** Claims whose quote is verbatim at its place in the trace. */
  readonly holding: number;
  readonly signals: number;
  /** Signals with evidence, all of it verbatim. */
  readonly backed: number;
}

export function countEvidence(rows: readonly DetectedTrace[]): EvidenceCount {
  const signals = rows.flatMap(({ trace, yes }) =>
    yes.map(({ evidence }) => evidence.map((each) => isVerbatim(trace, each))),
  );
  const claims = signals.flat();
  return {
    claims: claims.length,
    holding: claims.filter(Boolean).length,
    signals: signals.length,
    backed: signals.filter((holds) => holds.length > 0 && holds.every(Boolean)).length,
  };
}

function tally(
  rows: readonly DetectedTrace[],
  positive: (row: DetectedTrace) => boolean,
  flagged: (row: DetectedTrace) => boolean,
): Tally {
  const positives = rows.filter(positive).length;
  const yes = rows.filter(flagged).length;
  const hit = rows.filter((row) => positive(row) && flagged(row)).length;
  return {
    truth: positives,
    yes,
    hit,
    precision: hit / yes,
    recall: hit / positives,
    f1: (2 * hit) / (yes + positives),
  };
}
