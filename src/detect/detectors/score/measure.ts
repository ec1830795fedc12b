import type { Json, JsonObject } from '../../../contract/json.ts';
import type { Score, Trace } from '../../../contract/trace.ts';
import { isRecord } from '../../../text/json.ts';
import { normalizedName } from '../../../text/score-names.ts';
import { pointer } from '../../evidence.ts';

/** A value in a trace that a rule may be about. */
export interface Measure {
  readonly from: 'score' | 'column' | 'run';
  readonly name: string;
  readonly value: number | null;
  readonly label: string | null;
  /** Pointer to the value, and its text there. */
  readonly path: string;
  readonly text: string;
  readonly spanId: string | null;
  readonly annotator: Score['annotator'];
}

/** What a rule of that name is about: the scores so called, else the column, else the measure of the run. */
export function measuresNamed(trace: Trace, name: string): readonly Measure[] {
  const wanted = normalizedName(name);
  const isNamed = (other: string): boolean => other === name || normalizedName(other) === wanted;
  const scores = trace.scores.flatMap((score, index) =>
    isNamed(score.name) ? [scoreMeasure(score, index)] : [],
  );
  if (scores.length > 0) return scores;
  const columns = columnMeasures(trace.metadata).filter((column) => isNamed(column.name));
  const exact = columns.filter((column) => column.name === name);
  if (columns.length > 0) return (exact.length > 0 ? exact : columns).slice(0, 1);
  const ofRun = RUN_NAMES.get(wanted) ?? wanted;
  return runMeasures(trace).filter((measure) => measure.name === ofRun);
}

/** Calls `found` for every score, every column that holds a number, a boolean or a word, and what a run took. */
export function eachMeasure(
  trace: Trace,
  found: (from: Measure['from'], name: string, value: number | null, label: string | null) => void,
): void {
  for (const { name, value, label } of trace.scores) found('score', name, value, label);
  eachColumn(trace.metadata, (keys, { value, label }) =>
    found('column', keys.join('.'), value, label),
  );
  eachRunMeasure(trace, (name, value) => found('run', name, value, null));
}

export const scoreMeasure = (score: Score, index: number): Measure => {
  const { name, value, label, spanId, annotator } = score;
  const isLabel = value === null && label !== null;
  return {
    from: 'score',
    name,
    value,
    label,
    path: pointer('scores', index, isLabel ? 'label' : 'value'),
    text: isLabel ? label : String(value),
    spanId,
    annotator,
  };
};

const DEEPEST = 3;
const MOST_COLUMNS = 100;
const LONGEST_WORD = 40;

/** Calls `found` for each column and, by the keys that lead there, for what it holds: `quality.groundedness`. */
function eachColumn(
  metadata: JsonObject,
  found: (keys: readonly string[], cell: Cell, held: Json | undefined) => void,
): void {
  let count = 0;
  const walk = (held: JsonObject, keys: readonly string[]): void => {
    for (const key in held) {
      if (count >= MOST_COLUMNS) return;
      const value = held[key];
      if (isRecord(value)) {
        if (keys.length + 1 < DEEPEST) walk(value, [...keys, key]);
        continue;
      }
      const cell = cellValue(value);
      if (cell === null) continue;
      count += 1;
      found([...keys, key], cell, value);
    }
  };
  walk(metadata, []);
}

function columnMeasures(metadata: JsonObject): readonly Measure[] {
  const found: Measure[] = [];
  eachColumn(metadata, (keys, cell, held) =>
    found.push({
      from: 'column',
      name: keys.join('.'),
      ...cell,
      path: pointer('metadata', ...keys),
      text: String(held),
      spanId: null,
      annotator: 'unknown',
    }),
  );
  return found;
}

type Cell = Pick<Measure, 'value' | 'label'>;

/** The number, the boolean as 0 or 1, or the word that a cell holds; null for anything else. */
function cellValue(value: Json | undefined): Cell | null {
  if (typeof value === 'boolean') return { value: Number(value), label: String(value) };
  if (typeof value === 'number') return Number.isFinite(value) ? { value, label: null } : null;
  if (typeof value !== 'string' || value.length > LONGEST_WORD) return null;
  const word = value.trim();
  if (word === '') return null;
  if (/^(?:true|false)$/i.test(word)) return { value: Number(/^t/i.test(word)), label: word };
  const number = Number(word);
  return Number.isFinite(number) ? { value: number, label: null } : { value: null, label: word };
}

/**
 * Calls `found` for the cost, the tokens and the time of the whole run, where they were recorded, with the pointer to
 * the recorded value.
 */
function eachRunMeasure(
  { usage, startTime, endTime }: Trace,
  found: (name: string, value: number, path: string, held: number) => void,
): void {
  const { cost, inputTokens, outputTokens } = usage;
  if (cost !== null) found('cost', cost, '/usage/cost', cost);
  if (inputTokens !== null) found('input_tokens', inputTokens, '/usage/inputTokens', inputTokens);
  if (outputTokens !== null)
    found('output_tokens', outputTokens, '/usage/outputTokens', outputTokens);
  if (startTime === null || endTime === null) return;
  const took = Math.max(0, endTime - startTime);
  found('latency_ms', took, '/endTime', endTime);
  found('latency_s', took / 1000, '/endTime', endTime);
}

function runMeasures(trace: Trace): readonly Measure[] {
  const found: Measure[] = [];
  eachRunMeasure(trace, (name, value, path, held) =>
    found.push({
      from: 'run',
      name,
      value,
      label: null,
      path,
      text: String(held),
      spanId: null,
      annotator: 'code',
    }),
  );
  return found;
}

/** Columns that files call by other names, read into the measures of the run. */
const RUN_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    cost: 'total_cost cost_usd response_cost total_cost_usd price_usd estimated_cost total_estimated_cost',
    input_tokens: 'prompt_tokens tokens_in prompt_token_count input_token_count tokens_input',
    output_tokens:
      'completion_tokens tokens_out completion_token_count output_token_count tokens_output',
    latency_ms: 'duration_ms delay_ms elapsed_ms response_time_ms total_time_ms runtime_ms time_ms',
    latency_s:
      'duration_s duration_seconds latency_seconds elapsed_seconds elapsed_s duration_sec latency_sec run_duration response_time total_time',
  }).flatMap(([name, others]) => others.split(' ').map((other) => [other, name] as const)),
);
