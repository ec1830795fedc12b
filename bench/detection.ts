import type { Signal } from '../src/contract/signal.ts';
import { orderByCause } from '../src/detect/cause-order.ts';
import { isVerbatim } from '../src/detect/evidence.ts';
import { detectors } from '../src/detect/registry.ts';
import { Examination } from '../src/detect/signals.ts';
import { runOf } from '../src/testing/trace.ts';
import type { BenchTrace } from './open-bench.ts';

/** Kinds of failure that the nine labels leave out but the finer truth names. */
const FINER: Readonly<Record<string, string>> = {
  'other:answered_without_tool_call': 'missing_tool_call',
  'other:wrong_number_of_calls': 'tool_call_count',
  'other:empty_run': 'empty_output',
};

const examination = new Examination(detectors);

/** A trace with the signals that said yes. */
export interface Judged extends BenchTrace {
  readonly yes: readonly Signal[];
}

/** Asks every detector about one trace; `time` adds up milliseconds by detector. */
export function judge(row: BenchTrace, time?: Map<string, number>): Judged {
  const run = runOf(row.trace);
  const yes = detectors.flatMap((detector) => {
    const start = performance.now();
    const signals = examination.signalsOf(detector, run, null);
    time?.set(detector.id, (time.get(detector.id) ?? 0) + performance.now() - start);
    return signals.filter((signal) => signal.verdict === 'yes');
  });
  return { ...row, yes };
}

/** Labels of a trace: the nine of the truth, and what its finer kind adds. */
export function truth(row: BenchTrace): readonly string[] {
  const finer = FINER[row.primary ?? ''];
  return finer === undefined ? row.labels : [...row.labels, finer];
}

/** Categories that signals named; `uncategorized` for a signal that says only that the trace failed. */
export const categories = (row: Judged): string[] =>
  row.yes.map((signal) => signal.category ?? 'uncategorized');

/** The category a trace is filed under; null when no signal names a cause. */
export const firstCategory = (row: Judged): string | null =>
  orderByCause(row.trace, row.yes).find(({ category }) => category !== null)?.category ?? null;

/** Rates are NaN where nothing was said, or nothing was there. */
export interface Tally {
  readonly truth: number;
  readonly yes: number;
  readonly hit: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Failed by any signal, against failed in truth. */
export const tallyFailed = (rows: readonly Judged[]): Tally =>
  tally(
    rows,
    (row) => row.failed,
    (row) => row.yes.length > 0,
  );

/** One label: said by a signal of that category, against the truth. */
export const tallyLabel = (rows: readonly Judged[], label: string): Tally =>
  tally(
    rows,
    (row) => truth(row).includes(label),
    (row) => categories(row).includes(label),
  );

/** Every label that is true of a row or said of one, sorted. */
export const labelsOf = (rows: readonly Judged[]): string[] =>
  [...new Set(rows.flatMap((row) => [...truth(row), ...categories(row)]))].sort();

/** Signals and the pieces of evidence they quote. */
export interface EvidenceCount {
  readonly claims: number;
  /** Claims that stand word for word at their place in the trace. */
  readonly holding: number;
  readonly signals: number;
  /** Signals that bring evidence, all of it word for word. */
  readonly backed: number;
}

export function countEvidence(rows: readonly Judged[]): EvidenceCount {
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
  rows: readonly Judged[],
  positive: (row: Judged) => boolean,
  said: (row: Judged) => boolean,
): Tally {
  const positives = rows.filter(positive).length;
  const yes = rows.filter(said).length;
  const hit = rows.filter((row) => positive(row) && said(row)).length;
  return {
    truth: positives,
    yes,
    hit,
    precision: hit / yes,
    recall: hit / positives,
    f1: (2 * hit) / (yes + positives),
  };
}
