import { CulpritError } from '../../../contract/culprit-error.ts';
import { ROLLING } from '../assignment-row.ts';
import type { SqlParameters } from '../sql-client.ts';
import type { TraceFacet, TraceFilter } from '../trace-filter.ts';
import { inCause } from './cause-rules.ts';

/** A condition on `traces`, with its parameters. */
export interface Where {
  readonly sql: string;
  readonly parameters: SqlParameters;
}

export const FACET_COLUMNS: Readonly<Record<TraceFacet, string>> = {
  promptVersion: 'prompt_version',
  tenant: 'tenant',
  release: 'release',
  model: 'model',
  environment: 'environment',
  source: 'source',
  status: 'status',
};

const TEXT_COLUMNS = {
  ...FACET_COLUMNS,
  ...{ promptName: 'prompt_name', user: 'user', session: 'session' },
} as const;

/** @throws CulpritError `invalid_input` for search words without a letter or digit. */
export function traceWhere(filter: TraceFilter): Where {
  const all = ['project = {project:String}'];
  const parameters: Record<string, unknown> = { project: filter.project };
  const put = (name: string, value: unknown, sql: string): void => {
    if (value === undefined) return;
    parameters[name] = value;
    all.push(sql);
  };
  put('ids', filter.ids, 'trace_id IN {ids:Array(String)}');
  put('from', micros(filter.from), 'anchor >= fromUnixTimestamp64Micro({from:Int64})');
  put('to', micros(filter.to), 'anchor < fromUnixTimestamp64Micro({to:Int64})');
  put('eligible', filter.eligible, 'eligible = {eligible:Bool}');
  put('failed', filter.failed, 'failed = {failed:Bool}');
  put('signal', filter.signal, 'has(signals, {signal:String})');
  for (const [key, column] of Object.entries(TEXT_COLUMNS))
    put(key, filter[key as keyof typeof TEXT_COLUMNS], `${column} = {${key}:String}`);
  put('score', filter.score?.name, 'mapContains(scores, {score:String})');
  put('atLeast', filter.score?.atLeast, 'scores[{score:String}] >= {atLeast:Float64}');
  put('below', filter.score?.below, 'scores[{score:String}] < {below:Float64}');
  if (filter.cause !== undefined) all.push(inCause(filter.cause, filter.rules, ASSIGNED));
  put('words', checkedWords(filter.words), 'hasAllTokens(output, {words:String})');
  if (filter.draw !== undefined) {
    const { most, by, seed } = filter.draw;
    parameters['drawMost'] = most;
    parameters['drawSeed'] = seed;
    all.push(drawn(all.join(' AND '), by));
  }
  return { sql: all.join(' AND '), parameters };
}

/**
 * Traces in an order that only their ids, the seed and their weights decide: the first of them are a draw of the traffic, in
 * which a trace that stands for n comes n times as easily (Efraimidis and Spirakis 2006).
 */
const drawn = (from: string, by: TraceFacet | null): string =>
  `(anchor, trace_id) IN (SELECT anchor, trace_id FROM traces FINAL WHERE ${from}
  ORDER BY -log1p(-toFloat64(sipHash64(trace_id, {drawSeed:UInt64})) / exp2(64)) / weight, trace_id
  LIMIT {drawMost:UInt32}${by === null ? '' : ` BY ${FACET_COLUMNS[by]}`})`;

/** Identities of failures that belong to a cause. */
const ASSIGNED = `SELECT anchor, trace_id FROM assignments FINAL
WHERE project = {project:String} AND clustering = '${ROLLING}'`;

/** Whether anything but the project is asked for. */
export const isWhole = ({ project: _, ...rest }: TraceFilter): boolean =>
  Object.values(rest).every((value) => value === undefined);

/** Whole microseconds, as the engine keeps times. */
export const micros = (milliseconds: number | undefined): number | undefined =>
  milliseconds === undefined ? undefined : Math.round(milliseconds * 1000);

function checkedWords(words: string | undefined): string | undefined {
  if (words === undefined || /[\p{L}\p{N}]/u.test(words)) return words;
  throw new CulpritError('invalid_input', `cannot search for “${words}”: it has no word`);
}
