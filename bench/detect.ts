import type { Signal } from '../src/contract/signal.ts';
import { isVerbatim } from '../src/detect/evidence.ts';
import { detectors } from '../src/detect/registry.ts';
import { type BenchTrace, readOpenBench } from './open-bench.ts';
import type { Half } from './split.ts';

/**
 * Detection against the truth of the open bench, on both halves of the split by task: precision,
 * recall and F1 per source and label, failed-or-not, false alarms per detector, time per trace.
 *
 * node bench/detect.ts [FOLDER]
 */
const HEAD = 'truth   yes   hit  precision  recall    F1';
/** Kinds of failure that the nine labels leave out but the finer truth names. */
const FINER: Readonly<Record<string, string>> = {
  'other:answered_without_tool_call': 'missing_tool_call',
  'other:wrong_number_of_calls': 'tool_call_count',
  'other:empty_run': 'empty_answer',
};

const options = { scores: [], stepBudget: 50 };

interface Judged extends BenchTrace {
  readonly yes: readonly Signal[];
}

const bench = await readOpenBench(process.argv[2]);
if (bench === null) {
  console.log('the open bench is not beside this repository; nothing measured');
} else {
  run(bench);
}

function run(rows: readonly BenchTrace[]): void {
  const time = new Map<string, number>();
  const judged = rows.map((row): Judged => ({ ...row, yes: judge(row, time) }));
  for (const half of ['train', 'check'] satisfies Half[]) {
    console.log(`\n## ${half}\n`);
    report(judged.filter((row) => row.half === half));
  }
  const claims = judged.flatMap((row) =>
    row.yes.flatMap((signal) => signal.evidence.map((evidence) => isVerbatim(row.trace, evidence))),
  );
  const bare = judged.flatMap((row) => row.yes.filter((signal) => signal.evidence.length === 0));
  console.log(
    `\nverbatim evidence: ${claims.filter(Boolean).length} of ${claims.length}; signals without evidence: ${bare.length}`,
  );
  console.log('\n## time, µs per trace\n');
  for (const [id, ms] of [...time].sort((a, b) => b[1] - a[1])) {
    console.log(`${id.padEnd(26)} ${((1000 * ms) / rows.length).toFixed(1).padStart(8)}`);
  }
  const total = [...time.values()].reduce((sum, ms) => sum + ms, 0);
  console.log(`${'all'.padEnd(26)} ${((1000 * total) / rows.length).toFixed(1).padStart(8)}`);
}

function judge(row: BenchTrace, time: Map<string, number>): Signal[] {
  return detectors.flatMap((detector) => {
    const start = performance.now();
    const signals = detector.detect(row.trace, options);
    time.set(detector.id, (time.get(detector.id) ?? 0) + performance.now() - start);
    return signals.filter((signal) => signal.verdict === 'yes');
  });
}

function report(rows: readonly Judged[]): void {
  console.log(`${'source'.padEnd(20)}${'label'.padEnd(26)}${HEAD}`);
  for (const [source, of] of groupBy(rows, (row) => row.source)) {
    line(
      source,
      'failed',
      of,
      (row) => row.failed,
      (row) => row.yes.length > 0,
    );
    const labels = new Set([
      ...of.flatMap((row) => row.labels),
      ...of.flatMap((row) => categories(row)),
    ]);
    for (const label of [...labels].sort()) {
      line(
        source,
        label,
        of,
        (row) => truth(row).includes(label),
        (row) => categories(row).includes(label),
      );
    }
  }
  line(
    'all',
    'failed',
    rows,
    (row) => row.failed,
    (row) => row.yes.length > 0,
  );
}

function truth(row: Judged): readonly string[] {
  const finer = FINER[row.primary ?? ''];
  return finer === undefined ? row.labels : [...row.labels, finer];
}

function categories(row: Judged): string[] {
  return row.yes.map((signal) => signal.category ?? 'uncategorised');
}

function line(
  source: string,
  label: string,
  rows: readonly Judged[],
  positive: (row: Judged) => boolean,
  said: (row: Judged) => boolean,
): void {
  const positives = rows.filter(positive).length;
  const yes = rows.filter(said).length;
  const hits = rows.filter((row) => positive(row) && said(row)).length;
  const precision = hits / yes;
  const recall = hits / positives;
  const f1 = (2 * hits) / (yes + positives);
  const cells = [positives, yes, hits].map((count) => String(count).padStart(5)).join(' ');
  const rates = [precision, recall, f1].map((rate) =>
    (Number.isNaN(rate) ? '–' : rate.toFixed(3)).padStart(8),
  );
  console.log(`${source.padEnd(20)}${label.padEnd(26)}${cells} ${rates.join(' ')}`);
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
