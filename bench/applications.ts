import type { Analysis } from '../src/contract/analysis.ts';
import type { Cluster } from '../src/contract/cluster.ts';
import { analyze } from '../src/culprit.ts';
import { permutation, seedRandom } from '../src/numeric/random/random.ts';
import { agreementOf, type CauseAgreement, deviation } from './application-agreement.ts';
import { type Baselines, measureBaselines } from './application-baselines.ts';
import { type BenchTrace, isKnownFailure, sourceOf } from './open-bench.ts';
import type { ManualFigures } from './quality-manual.ts';
import type { Half } from './split.ts';

/** What the product says of one half of an application's traces, read as one file. */
export interface ApplicationFigures {
  readonly name: string;
  /** Not seen while detectors were written. */
  readonly isFresh: boolean;
  readonly traces: number;
  readonly failures: number;
  readonly known: number;
  readonly given: Measured;
  readonly hidden: Measured;
  /** Standard deviation of the agreement by parts over three seeds, outcomes given. */
  readonly bySeed: number | null;
  readonly baselines: Baselines;
  /** With outcomes shuffled: files, those that show a tested cause, and those where one comes first. */
  readonly shuffled: { readonly files: number; readonly tested: number; readonly first: number };
}

/** Figures of one run, with the outcomes in the file or without. */
export interface Measured extends CauseAgreement {
  /** Traces that somebody judged: counted as failed and truly failed, counted only, failed only. */
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
  readonly suspects: number;
  /** Failures, those under a named cause, and those under one tested against chance. */
  readonly counted: number;
  readonly named: number;
  readonly tested: number;
  readonly first: FirstCause | null;
  /** Milliseconds of processor time a trace, all threads. */
  readonly cost: number;
}

interface FirstCause {
  readonly cluster: Cluster;
  /** Judged traces that meet its condition, and those of them that truly failed. */
  readonly met: number;
  readonly failed: number;
}

const SEEDS = [1, 2, 3];
const SHUFFLES = 5;

/** Measures every application: each half of a collection as one file, with outcomes as the score `passed` and without. */
export async function measureApplications(
  benches: { readonly open: readonly BenchTrace[]; readonly fresh: readonly BenchTrace[] },
  half: Half,
  manual: ManualFigures | null,
): Promise<readonly ApplicationFigures[]> {
  const fresh = new Set(benches.fresh.map(({ source }) => source));
  const figures: ApplicationFigures[] = [];
  for (const [name, all] of Map.groupBy([...benches.open, ...benches.fresh], (row) => row.source)) {
    const own = all.filter((row) => row.half === half);
    if (own.length === 0) continue;
    const failures = own.filter(({ failed, reviewed }) => failed && reviewed);
    const known = failures.filter(isKnownFailure);
    figures.push({
      name,
      isFresh: fresh.has(name),
      traces: own.length,
      failures: failures.length,
      known: known.length,
      given: await measured(own, GIVEN),
      hidden: await measured(own, HIDDEN),
      bySeed: await seedSpread(own),
      baselines: measureBaselines(name, known, manual),
      shuffled: await shuffled(own),
    });
  }
  return figures.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a trace failed, as the file says it; null where it says nothing. */
type Outcome = (row: BenchTrace) => boolean | null;

const HIDDEN: Outcome = () => null;

const GIVEN: Outcome = ({ failed, reviewed }) => (reviewed ? failed : null);

async function measured(rows: readonly BenchTrace[], outcome: Outcome): Promise<Measured> {
  const before = process.cpuUsage();
  const analysis = await analyzed(rows, outcome);
  const { user, system } = process.cpuUsage(before);
  const judged = rows.filter(({ reviewed }) => reviewed);
  const truth = new Map(judged.map((row) => [row.trace.id, row]));
  const counted = new Set(analysis?.failures.map(({ traceId }) => traceId) ?? []);
  const hits = judged.filter(({ failed, trace }) => failed && counted.has(trace.id)).length;
  const falseAlarms = judged.filter(({ failed, trace }) => !failed && counted.has(trace.id)).length;
  const under = (is: (cluster: Cluster) => boolean): number => {
    const ids = new Set(analysis?.clusters.filter(is).map(({ id }) => id));
    return (analysis?.failures ?? []).filter(({ cluster }) => cluster !== null && ids.has(cluster))
      .length;
  };
  return {
    hits,
    falseAlarms,
    misses: judged.filter(({ failed }) => failed).length - hits,
    suspects: analysis?.suspects.count ?? 0,
    counted: counted.size,
    named: under(({ leftover }) => leftover === null),
    tested: under(({ state }) => state === 'tested'),
    ...agreementOf(analysis, truth),
    first: firstOf(analysis, truth),
    cost: (user + system) / 1000 / rows.length,
  };
}

async function seedSpread(rows: readonly BenchTrace[]): Promise<number | null> {
  const truth = new Map(rows.filter(({ reviewed }) => reviewed).map((row) => [row.trace.id, row]));
  const scores: number[] = [];
  for (const seed of SEEDS) {
    const { parts } = agreementOf(await analyzed(rows, GIVEN, seed), truth);
    if (parts !== null) scores.push(parts);
  }
  return deviation(scores);
}

/** The same file with the outcomes dealt anew: no cause is true, so that any tested one is found by chance. */
async function shuffled(rows: readonly BenchTrace[]): Promise<ApplicationFigures['shuffled']> {
  const judged = rows.filter(({ reviewed }) => reviewed);
  if (judged.every(({ failed }) => failed)) return { files: 0, tested: 0, first: 0 };
  let tested = 0;
  let first = 0;
  for (let time = 0; time < SHUFFLES; time++) {
    const order = permutation(judged.length, seedRandom(77, time));
    const dealt = new Map(judged.map((row, at) => [row, judged[order[at]!]!.failed]));
    const analysis = await analyzed(rows, (row) => dealt.get(row) ?? null);
    const found = analysis?.clusters.filter(({ state }) => state === 'tested') ?? [];
    if (found.length > 0) tested++;
    if (found.some(({ rank }) => rank === 1)) first++;
  }
  return { files: SHUFFLES, tested, first };
}

/** Null where nothing failed. */
async function analyzed(
  rows: readonly BenchTrace[],
  outcome: Outcome,
  seed?: number,
): Promise<Analysis | null> {
  const lines = rows.map((row) => lineOf(row, outcome(row)));
  const { analysis } = await analyze(sourceOf('application.jsonl', lines), {
    sample: 'all',
    ...(seed !== undefined && { seed }),
  });
  return analysis.failures.length === 0 ? null : analysis;
}

/** The line without the name of its collection; with the outcome where there is one. */
function lineOf({ line }: BenchTrace, failed: boolean | null): string {
  const { source: _, ...trace } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(
    failed === null ? trace : { ...trace, scores: { passed: Number(!failed) } },
  );
}

function firstOf(
  analysis: Analysis | null,
  truth: ReadonlyMap<string, BenchTrace>,
): FirstCause | null {
  const cluster = analysis?.clusters.find(({ rank }) => rank === 1);
  if (analysis === null || cluster === undefined) return null;
  const members = analysis.failures.flatMap((failure) => {
    const isMet = failure.cluster === cluster.id || failure.alsoMeets.includes(cluster.id);
    return isMet ? (truth.get(failure.traceId) ?? []) : [];
  });
  const passed = cluster.meets?.passed ?? 0;
  return {
    cluster,
    met: members.length + passed,
    failed: members.filter(({ failed }) => failed).length,
  };
}
