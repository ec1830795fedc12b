import type { Analysis } from '../src/contract/analysis.ts';
import type { Cluster } from '../src/contract/cluster.ts';
import { analyze } from '../src/culprit.ts';
import { adjustedMutualInformation } from '../src/numeric/numeric.ts';
import { type BenchTrace, isKnownFailure, sourceOf } from './open-bench.ts';
import type { Half } from './split.ts';

/** What the product says of one half of an application's traces, read as one file. */
export interface ApplicationFigures {
  readonly name: string;
  readonly traces: number;
  readonly failures: number;
  readonly known: number;
  readonly given: Measured;
  readonly hidden: Measured;
}

/** Figures of one run, with the outcomes in the file or without. */
export interface Measured {
  /** Traces that somebody judged: counted as failed and truly failed, counted only, failed only. */
  readonly hits: number;
  readonly falseAlarms: number;
  readonly misses: number;
  readonly suspects: number;
  /** Failures, those under a named cause, and those under one tested against chance. */
  readonly counted: number;
  readonly named: number;
  readonly tested: number;
  /** Agreement with the root cause: leftovers as one group, and by their parts. Null where there is one kind. */
  readonly oneRest: number | null;
  readonly parts: number | null;
  readonly first: FirstCause | null;
}

interface FirstCause {
  readonly cluster: Cluster;
  /** Judged traces that meet its condition, and those of them that truly failed. */
  readonly met: number;
  readonly failed: number;
}

/** Measures every application: each half of a collection as one file, with outcomes as the score `passed` and without. */
export async function measureApplications(
  rows: readonly BenchTrace[],
  half: Half,
): Promise<readonly ApplicationFigures[]> {
  const figures: ApplicationFigures[] = [];
  for (const [name, all] of Map.groupBy(rows, ({ source }) => source)) {
    const own = all.filter((row) => row.half === half);
    if (own.length === 0) continue;
    const failures = own.filter(({ failed, reviewed }) => failed && reviewed);
    figures.push({
      name,
      traces: own.length,
      failures: failures.length,
      known: failures.filter(isKnownFailure).length,
      given: await measured(own, true),
      hidden: await measured(own, false),
    });
  }
  return figures.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function measured(rows: readonly BenchTrace[], isGiven: boolean): Promise<Measured> {
  const analysis = await analyzed(rows.map((row) => lineOf(row, isGiven)));
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
    ...agreements(analysis, truth),
    first: firstOf(analysis, truth),
  };
}

/** Null where nothing failed. */
async function analyzed(lines: readonly string[]): Promise<Analysis | null> {
  const { analysis } = await analyze(sourceOf('application.jsonl', lines), { sample: 'all' });
  return analysis.failures.length === 0 ? null : analysis;
}

/** The line without the name of its collection; with the outcome where somebody judged the run. */
function lineOf({ line, failed, reviewed }: BenchTrace, isGiven: boolean): string {
  const { source: _, ...trace } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify(
    isGiven && reviewed ? { ...trace, scores: { passed: Number(!failed) } } : trace,
  );
}

function agreements(
  analysis: Analysis | null,
  truth: ReadonlyMap<string, BenchTrace>,
): Pick<Measured, 'oneRest' | 'parts'> {
  const finest = analysis?.levels.at(-1);
  if (analysis === null || finest === undefined) return { oneRest: null, parts: null };
  const known = analysis.failures.flatMap(({ traceId, cluster }, row) => {
    const of = truth.get(traceId);
    if (of === undefined || !isKnownFailure(of)) return [];
    const part = finest.assignments[row]!;
    return [
      { kind: of.rootCause ?? '', cluster: cluster ?? 'none', part: part < 0 ? -2 - row : part },
    ];
  });
  const kinds = known.map(({ kind }) => kind);
  if (new Set(kinds).size < 2) return { oneRest: null, parts: null };
  const with_ = (labels: readonly (string | number)[]): number =>
    adjustedMutualInformation(numbered(kinds), numbered(labels));
  return {
    oneRest: with_(known.map(({ cluster }) => cluster)),
    parts: with_(known.map(({ part }) => part)),
  };
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

function numbered(labels: readonly (string | number)[]): Int32Array {
  const place = new Map([...new Set(labels)].map((label, index) => [label, index]));
  return Int32Array.from(labels, (label) => place.get(label) ?? 0);
}
