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

/** Every score, every column that holds a number, a boolean or a word, and what a run took. */
export const measuresOf = (trace: Trace): readonly Measure[] => [
  ...trace.scores.map(scoreMeasure),
  ...columnMeasures(trace.metadata),
  ...runMeasures(trace),
];

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

/** Columns and, by names with dots, what they hold: `quality.groundedness`. */
function columnMeasures(metadata: JsonObject): readonly Measure[] {
  const found: Measure[] = [];
  const walk = (held: JsonObject, keys: readonly string[]): void => {
    for (const key in held) {
      if (found.length >= MOST_COLUMNS) return;
      const value = held[key];
      const path = [...keys, key];
      if (isRecord(value)) {
        if (path.length < DEEPEST) walk(value, path);
        continue;
      }
      const measured = cellValue(value);
      if (measured === null) continue;
      found.push({
        from: 'column',
        name: path.join('.'),
        ...measured,
        path: pointer('metadata', ...path),
        text: String(value),
        spanId: null,
        annotator: 'unknown',
      });
    }
  };
  walk(metadata, []);
  return found;
}

/** The number, the boolean as 0 or 1, or the word that a cell holds; null for anything else. */
function cellValue(value: Json | undefined): Pick<Measure, 'value' | 'label'> | null {
  if (typeof value === 'boolean') return { value: Number(value), label: String(value) };
  if (typeof value === 'number') return Number.isFinite(value) ? { value, label: null } : null;
  if (typeof value !== 'string' || value.length > LONGEST_WORD) return null;
  const word = value.trim();
  if (word === '') return null;
  if (/^(?:true|false)$/i.test(word)) return { value: Number(/^t/i.test(word)), label: word };
  const number = Number(word);
  return Number.isFinite(number) ? { value: number, label: null } : { value: null, label: word };
}

/** Cost, tokens and time of the whole run, where they were recorded. */
function runMeasures({ usage, startTime, endTime }: Trace): readonly Measure[] {
  const took = startTime === null || endTime === null ? null : Math.max(0, endTime - startTime);
  const seconds = took === null ? null : took / 1000;
  return [
    ...runMeasure('cost', usage.cost, '/usage/cost', usage.cost),
    ...runMeasure('input_tokens', usage.inputTokens, '/usage/inputTokens', usage.inputTokens),
    ...runMeasure('output_tokens', usage.outputTokens, '/usage/outputTokens', usage.outputTokens),
    ...runMeasure('latency_ms', took, '/endTime', endTime),
    ...runMeasure('latency_s', seconds, '/endTime', endTime),
  ];
}

function runMeasure(
  name: string,
  value: number | null,
  path: string,
  held: number | null,
): readonly Measure[] {
  if (value === null) return [];
  const text = String(held);
  return [{ from: 'run', name, value, label: null, path, text, spanId: null, annotator: 'code' }];
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
