import {
  countEvidence,
  type DetectedTrace,
  detectAll,
  labelsOf,
  type Tally,
  tallyFailed,
  tallyLabel,
} from './detection.ts';
import { type BenchTrace, readOpenBench } from './open-bench.ts';
import type { Half } from './split.ts';

/**
 * Compares detection with the truth of the open bench, on both halves of the split by task: precision,
 * recall and F1 per source and label, failed-or-not, false alarms per detector, time per trace.
 *
 * node bench/detect.ts [FOLDER]
 */
const HEAD = 'truth   yes   hit  precision  recall    F1';

const bench = await readOpenBench(process.argv[2]);
if (bench === null) {
  console.log('the open bench is not next to this repository; nothing measured');
} else {
  run(bench);
}

function run(rows: readonly BenchTrace[]): void {
  const time = new Map<string, number>();
  const detected = detectAll(rows, time);
  for (const half of ['train', 'check'] satisfies Half[]) {
    console.log(`\n## ${half}\n`);
    report(detected.filter((row) => row.half === half));
  }
  const { claims, holding, signals, backed } = countEvidence(detected);
  console.log(
    `\nverbatim quotes: ${holding} of ${claims}; signals with only verbatim quotes: ${backed} of ${signals}`,
  );
  console.log('\n## time, µs per trace\n');
  for (const [id, ms] of [...time].sort((a, b) => b[1] - a[1])) {
    console.log(`${id.padEnd(26)} ${((1000 * ms) / rows.length).toFixed(1).padStart(8)}`);
  }
  const total = [...time.values()].reduce((sum, ms) => sum + ms, 0);
  console.log(`${'all'.padEnd(26)} ${((1000 * total) / rows.length).toFixed(1).padStart(8)}`);
}

function report(rows: readonly DetectedTrace[]): void {
  console.log(`${'source'.padEnd(20)}${'label'.padEnd(26)}${HEAD}`);
  for (const [source, of] of Map.groupBy(rows, (row) => row.source)) {
    line(source, 'failed', tallyFailed(of));
    for (const label of labelsOf(of)) line(source, label, tallyLabel(of, label));
  }
  line('all', 'failed', tallyFailed(rows));
}

function line(source: string, label: string, tally: Tally): void {
  const cells = [tally.truth, tally.yes, tally.hit].map((count) => String(count).padStart(5));
  const rates = [tally.precision, tally.recall, tally.f1].map((rate) =>
    (Number.isNaN(rate) ? '–' : rate.toFixed(3)).padStart(8),
  );
  console.log(`${source.padEnd(20)}${label.padEnd(26)}${cells.join(' ')} ${rates.join(' ')}`);
}
