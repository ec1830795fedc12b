import { join } from 'node:path';
import type { FactSet } from '../src/contract/condition.ts';
import type { FactColumn } from '../src/contract/fact.ts';
import type { FactRow } from '../src/contract/fact-rows.ts';
import { detectOptions } from '../src/detect/detect.ts';
import { factColumn } from '../src/detect/facts/fact.ts';
import { factSet, factsOf } from '../src/detect/facts/facts.ts';
import { failingFacts } from '../src/detect/facts/failing-facts.ts';
import { fileModelSummary } from '../src/detect/file/file-model.ts';
import { Run } from '../src/detect/run/run.ts';
import { factRow } from '../src/text/fact-row.ts';
import { hash53 } from '../src/text/hash.ts';
import { baselineSignals } from './baseline-signals.ts';
import { type BenchTrace, readOpenBench } from './open-bench.ts';
import type { Half } from './split.ts';

/** One half of a collection, read as one file. */
export interface Collection {
  readonly name: string;
  readonly bench: Bench;
  readonly half: Half;
  readonly rows: readonly BenchTrace[];
  readonly sets: readonly FactSet[];
  readonly facts: readonly FactRow[];
  readonly columns: ReadonlyMap<number, FactColumn>;
  /** Kinds of fact by which each trace failed, the most telling first. */
  readonly failing: readonly (readonly string[])[];
  /** A signal of a detector says that the trace failed. */
  readonly signalled: readonly boolean[];
  /** Milliseconds a trace for facts of the file and of the trace. */
  readonly cost: number;
}

export type Bench = 'open' | 'fresh';

export interface DataOptions {
  readonly open: string;
  readonly fresh: string;
  readonly signals: string;
  readonly halves: readonly Half[];
  readonly only: readonly string[] | null;
}

/** Reads both benches and the facts of every trace, each half of a collection as one file. */
export async function readCollections(options: DataOptions): Promise<readonly Collection[]> {
  const collections: Collection[] = [];
  for (const bench of ['open', 'fresh'] as const) {
    const rows = (await readOpenBench(options[bench])) ?? [];
    const signals = baselineSignals(join(options.signals, `${bench}.jsonl`));
    for (const [name, of] of Map.groupBy(rows, ({ source }) => source)) {
      if (options.only !== null && !options.only.includes(name)) continue;
      for (const half of options.halves) {
        const own = of.filter((row) => row.half === half);
        if (own.length > 0) collections.push(readFacts(name, bench, half, own, signals));
      }
    }
  }
  return collections;
}

function readFacts(
  name: string,
  bench: Bench,
  half: Half,
  rows: readonly BenchTrace[],
  signals: ReturnType<typeof baselineSignals>,
): Collection {
  const options = detectOptions({ scores: [], stepBudget: 50, policy: null });
  const runs = rows.map(({ trace }) => new Run(trace, options));
  const started = performance.now();
  const model = fileModelSummary();
  for (const run of runs) model.add(run);
  const file = model.freeze();
  const columns = new Map<number, FactColumn>();
  const failing: string[][] = [];
  const sets = runs.map((run) => {
    const facts = factsOf(run, file, signals.get(run.trace.id) ?? []);
    for (const fact of facts) {
      columns.set(hash53(fact.key), factColumn(fact));
    }
    failing.push(failingFacts(facts).map(({ kind }) => kind));
    return factSet(facts);
  });
  const cost = (performance.now() - started) / rows.length;
  const signalled = rows.map(({ trace }) =>
    (signals.get(trace.id) ?? []).some(({ tier }) => tier !== 'symptom'),
  );
  return {
    name,
    bench,
    half,
    rows,
    sets,
    facts: sets.map(factRow),
    columns,
    failing,
    signalled,
    cost,
  };
}
