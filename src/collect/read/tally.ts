import type { CollectReport, FileReport, Problem } from '../../contract/collection.ts';
import type { Trace } from '../../contract/trace.ts';
import { hash53 } from '../../text/hash.ts';
import { type RecorderCounts, recorderTally } from './recorder-tally.ts';

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
  /** Notes columns of rows. */
  addColumns(names: readonly string[]): void;
  readonly columns: () => readonly string[];
  /** Whether two merged traces have the same id. */
  readonly hasRepeatedIds: () => boolean;
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
  /** Traces by the path of content that was not understood. */
  readonly unknown: readonly (readonly [path: string, at: UnknownShape])[];
  readonly recorders: RecorderCounts;
  /** Hashes of the trace ids, where they were asked for. */
  readonly ids: readonly number[];
  /** Columns of rows, where a map names some. */
  readonly columns: readonly string[];
}

interface UnknownShape {
  readonly count: number;
  readonly file: string;
  readonly line: number | null;
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

type MutableCounts = { -readonly [K in keyof Counts]: Counts[K] };

const NO_COUNTS: Counts = {
  traces: 0,
  modelCalls: 0,
  toolCalls: 0,
  documents: 0,
  scores: 0,
  errors: 0,
};

/** @param keepIds true where parts of an input are read apart, whose ids only the whole can compare. */
export function tally(keepIds = false): Tally {
  const files = new Map<string, FileTally>();
  const counts = new Map<string, MutableCounts>();
  const problems: Problem[] = [];
  let problemCount = 0;
  const remarks: Problem[] = [];
  let remarkCount = 0;
  let traceCount = 0;
  const unknown = new Map<string, UnknownShape>();
  /** Attribute names of spans in traces where nothing was said, by number of spans; null once a trace says something. */
  let silent: Map<string, number> | null = new Map();
  const recorders = recorderTally();
  const ids: number[] = [];
  const columns = new Set<string>();
  const merged = new Set<number>();
  let hasRepeats = false;

  const file = (name: string): FileTally => {
    let found = files.get(name);
    if (found === undefined) {
      found = { name, bytes: 0, records: 0, broken: 0, formats: new Map() };
      files.set(name, found);
      counts.set(name, { ...NO_COUNTS });
    }
    return found;
  };

  /** Traces of one file come one after the other. */
  let last: { readonly name: string; readonly counts: MutableCounts } | null = null;
  const countsOf = (name: string): MutableCounts => {
    if (last?.name !== name) {
      file(name);
      last = { name, counts: counts.get(name)! };
    }
    return last.counts;
  };

  const addUnknown = (path: string, at: UnknownShape): void => {
    const known = unknown.get(path);
    if (known !== undefined) unknown.set(path, { ...known, count: known.count + at.count });
    else if (unknown.size < KEPT_PROBLEMS) unknown.set(path, at);
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
      if (silent !== null) silent = isSilent(trace) ? withNames(silent, trace) : null;
      recorders.add(trace);
      if (keepIds) ids.push(hash53(trace.id));
      const { file: name, line } = trace.origin;
      if (trace.gaps.length > 0)
        for (const path of unknownPaths(trace)) addUnknown(path, { count: 1, file: name, line });
      const count = countsOf(name);
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
      unknown: [...unknown],
      recorders: recorders.state(),
      ids,
      columns: [...columns],
    }),
    addColumns: (names) => {
      for (const name of names) columns.add(name);
    },
    columns: () => [...columns],
    hasRepeatedIds: () => hasRepeats,
    merge(state) {
      for (const part of state.files) {
        const whole = file(part.name);
        whole.bytes += part.bytes;
        whole.records += part.records;
        whole.broken += part.broken;
        for (const [format, count] of part.formats)
          whole.formats.set(format, (whole.formats.get(format) ?? 0) + count);
        const count = counts.get(part.name) as MutableCounts;
        for (const key of Object.keys(NO_COUNTS) as (keyof Counts)[])
          count[key] += part.counts[key];
      }
      problems.push(...state.problems.slice(0, KEPT_PROBLEMS - problems.length));
      problemCount += state.problemCount;
      remarks.push(...state.remarks.slice(0, KEPT_PROBLEMS - remarks.length));
      remarkCount += state.remarkCount;
      traceCount += state.traceCount;
      for (const [path, at] of state.unknown) addUnknown(path, at);
      recorders.merge(state.recorders);
      for (const name of state.columns) columns.add(name);
      for (const id of state.ids) {
        if (merged.has(id)) hasRepeats = true;
        else merged.add(id);
      }
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
      problems: [
        ...problems,
        ...[...unknown].map(unknownProblem),
        ...silentProblem(silent, traceCount, files.keys().next().value ?? ''),
      ],
      problemCount: problemCount + unknown.size + Number((silent?.size ?? 0) > 0),
      remarks: [...remarks],
      remarkCount,
      recorders: recorders.report(),
    }),
  };
}

const unknownPaths = ({ gaps }: Trace): ReadonlySet<string> =>
  new Set(gaps.flatMap(({ kind, detail }) => (kind === 'unknown_shape' ? [detail] : [])));

function unknownProblem([path, { count, file, line }]: readonly [string, UnknownShape]): Problem {
  const traces = count === 1 ? '1 trace' : `${count.toLocaleString('en-US')} traces`;
  const message = `in ${traces} ${whoseShape(path)} has an unknown shape: \`${path}\``;
  return { file, line, code: 'unknown_part', message };
}

function whoseShape(path: string): string {
  if (path.startsWith('output')) return 'the answer';
  return path.startsWith('input') ? 'the request' : 'a message';
}

/** Spans without a text: nothing asked, answered or said. */
function isSilent({ spans, messages, input, output, scores }: Trace): boolean {
  const isEmpty = messages.length + scores.length === 0 && input === '' && output === '';
  return isEmpty && spans.some(({ attributes }) => Object.keys(attributes).length > 0);
}

const KEPT_NAMES = 200;
const SHOWN_NAMES = 12;

function withNames(names: Map<string, number>, { spans }: Trace): Map<string, number> {
  for (const { attributes } of spans) {
    for (const key in attributes) {
      const count = names.get(key);
      if (count !== undefined) names.set(key, count + 1);
      else if (names.size < KEPT_NAMES) names.set(key, 1);
    }
  }
  return names;
}

/** Says which attributes were seen when no trace holds anything of a model. */
function silentProblem(
  names: ReadonlyMap<string, number> | null,
  traceCount: number,
  file: string,
): Problem[] {
  if (names === null || names.size === 0) return [];
  const shown = [...names]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, SHOWN_NAMES);
  const list = shown.map(([name]) => name.slice(0, 60)).join(', ');
  const which =
    traceCount === 1 ? 'the only trace holds' : `none of the ${traceCount} traces holds`;
  const message =
    `${which}${traceCount === 1 ? ' no' : ' a'} question, answer or message; attributes seen on its spans: ` +
    `${list}${names.size > shown.length ? ', …' : ''}`;
  return [{ file, line: null, code: 'no_messages', message }];
}

const isFailing = (span: Trace['spans'][number]): boolean => span.error !== null;

/** Number of failed spans; a failure passed up to parent spans counts once, where it began. */
function failuresIn({ spans, error }: Trace): number {
  if (!spans.some(isFailing)) return Number(error !== null);
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
