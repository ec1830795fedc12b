import type { CollectReport, FileReport, Problem } from '../../contract/collection.ts';
import type { Trace } from '../../contract/trace.ts';

const KEPT_PROBLEMS = 100;

/** Counts what was read and what it contained. */
export interface Tally {
  readonly problemCount: () => number;
  readonly traceCount: () => number;
  /** Bytes read, after decompression. */
  readonly bytes: () => number;
  problem(problem: Problem): void;
  /** Something that was used and still deserves a word. */
  remark(remark: Problem): void;
  file(name: string): FileTally;
  trace(trace: Trace): void;
  /** Everything counted, as structured clone copies it. */
  state(): TallyState;
  /** Adds what was counted in a later part of the input. */
  merge(state: TallyState): void;
  report(): CollectReport;
}

export interface TallyState {
  readonly files: readonly (FileTally & { readonly counts: Counts })[];
  /** The first 100. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly remarks: readonly Problem[];
  readonly remarkCount: number;
  readonly traceCount: number;
}

export interface FileTally {
  readonly name: string;
  bytes: number;
  records: number;
  broken: number;
  readonly formats: Map<string, number>;
}

type Counts = Pick<
  FileReport,
  'traces' | 'modelCalls' | 'toolCalls' | 'documents' | 'scores' | 'errors'
>;

const NO_COUNTS: Counts = {
  traces: 0,
  modelCalls: 0,
  toolCalls: 0,
  documents: 0,
  scores: 0,
  errors: 0,
};

export function tally(): Tally {
  const files = new Map<string, FileTally>();
  const counts = new Map<string, { -readonly [K in keyof Counts]: Counts[K] }>();
  const problems: Problem[] = [];
  let problemCount = 0;
  const remarks: Problem[] = [];
  let remarkCount = 0;
  let traceCount = 0;

  const file = (name: string): FileTally => {
    let found = files.get(name);
    if (found === undefined) {
      found = { name, bytes: 0, records: 0, broken: 0, formats: new Map() };
      files.set(name, found);
      counts.set(name, { ...NO_COUNTS });
    }
    return found;
  };

  return {
    problemCount: () => problemCount,
    traceCount: () => traceCount,
    bytes: () => files.values().reduce((sum, each) => sum + each.bytes, 0),
    file,
    problem(problem) {
      problemCount++;
      if (problems.length < KEPT_PROBLEMS) problems.push(problem);
    },
    remark(remark) {
      remarkCount++;
      if (remarks.length < KEPT_PROBLEMS) remarks.push(remark);
    },
    trace(trace) {
      traceCount++;
      file(trace.origin.file);
      const count = counts.get(trace.origin.file);
      if (count === undefined) return;
      count.traces++;
      for (const span of trace.spans) {
        if (span.kind === 'model') count.modelCalls++;
        else if (span.kind === 'tool') count.toolCalls++;
      }
      count.documents += trace.documents.length;
      count.scores += trace.scores.length;
      count.errors += failuresIn(trace);
    },
    state: () => ({
      files: Array.from(files.values(), (each) => ({
        ...each,
        counts: counts.get(each.name) ?? NO_COUNTS,
      })),
      problems,
      problemCount,
      remarks,
      remarkCount,
      traceCount,
    }),
    merge(state) {
      for (const part of state.files) {
        const whole = file(part.name);
        whole.bytes += part.bytes;
        whole.records += part.records;
        whole.broken += part.broken;
        for (const [format, count] of part.formats)
          whole.formats.set(format, (whole.formats.get(format) ?? 0) + count);
        const count = counts.get(part.name) as { -readonly [K in keyof Counts]: Counts[K] };
        for (const key of Object.keys(NO_COUNTS) as (keyof Counts)[])
          count[key] += part.counts[key];
      }
      problems.push(...state.problems.slice(0, KEPT_PROBLEMS - problems.length));
      problemCount += state.problemCount;
      remarks.push(...state.remarks.slice(0, KEPT_PROBLEMS - remarks.length));
      remarkCount += state.remarkCount;
      traceCount += state.traceCount;
    },
    report: () => ({
      files: [...files.values()].map((each) => ({
        name: each.name,
        formats: formatNames(each.formats),
        bytes: each.bytes,
        records: each.records,
        broken: each.broken,
        ...(counts.get(each.name) as Counts),
      })),
      problems: [...problems],
      problemCount,
      remarks: [...remarks],
      remarkCount,
    }),
  };
}

/** Number of failed spans; a failure passed up to parent spans counts once, where it began. */
function failuresIn({ spans, error }: Trace): number {
  if (!spans.some((span) => span.error !== null)) return Number(error !== null);
  const failed = spans.filter((span) => span.error !== null);
  const passedOn = new Set(failed.map((span) => span.parentId));
  return failed.filter((span) => !passedOn.has(span.id)).length;
}

/** Most frequent first; with counts when there are several. */
function formatNames(formats: ReadonlyMap<string, number>): string[] {
  const sorted = [...formats].sort((a, b) => b[1] - a[1]);
  return sorted.map(([format, count]) =>
    sorted.length === 1 ? format : `${format}: ${count.toLocaleString('en-US')}`,
  );
}
