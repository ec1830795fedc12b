import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { isList, isRecord } from '../../text/json.ts';
import { numberOf, pick, stringOf } from '../json/json-value.ts';

/** Scores in a map from name to value, a list of score objects, or one score object. */
export function scoresOf(value: Json | undefined): Score[] {
  if (isList(value)) return value.filter(isRecord).flatMap((item) => scoreOf(item) ?? []);
  if (!isRecord(value)) return [];
  const one = scoreOf(value);
  if (one !== null) return [one];
  return Object.entries(value).flatMap(([name, item]) => namedScore(name, item) ?? []);
}

/** A score from a name and a number, boolean, word or object; null when there is no judgement in it. */
export function namedScore(
  name: string,
  value: Json | undefined,
  annotator: Score['annotator'] = 'unknown',
): Score | null {
  if (value === null || value === undefined || value === '') return null;
  if (isRecord(value)) return scoreOf({ name, ...value });
  if (isList(value)) return namedScore(name, value.at(-1), annotator);
  const number = typeof value === 'boolean' ? Number(value) : numberOf(value);
  const label = numberOf(value) !== null ? null : String(value);
  return { name, value: number, label, explanation: null, annotator, spanId: null };
}

function scoreOf(item: JsonObject): Score | null {
  const name = stringOf(
    pick(item, 'name', 'key', 'metric', 'metric_name', 'annotation_name', 'evaluator'),
  );
  if (name === null) return null;
  const raw = item['score'] ?? item['value'] ?? item['result'] ?? item['rating'];
  const value = typeof raw === 'boolean' ? Number(raw) : numberOf(raw);
  const textLabel = typeof raw === 'string' && value === null ? raw : null;
  const label = stringOf(pick(item, 'label', 'stringValue', 'string_value')) ?? textLabel;
  if (value === null && label === null) return null;
  return {
    name,
    value,
    label: label ?? (typeof raw === 'boolean' ? String(raw) : null),
    explanation: stringOf(pick(item, 'explanation', 'comment', 'reason', 'reasoning', 'rationale')),
    annotator: annotatorOf(stringOf(pick(item, 'annotator_kind', 'annotator', 'source'))),
    spanId: stringOf(pick(item, 'span_id', 'spanId', 'observation_id', 'observationId')),
  };
}

/** Who judged, from the words vendors use. */
export function annotatorOf(word: string | null): Score['annotator'] {
  switch (word?.toLowerCase()) {
    case 'human':
    case 'annotation':
    case 'app':
    case 'user':
      return 'human';
    case 'llm':
    case 'llm_judge':
    case 'model':
    case 'eval':
    case 'auto_eval':
      return 'model';
    case 'code':
      return 'code';
    default:
      return 'unknown';
  }
}
