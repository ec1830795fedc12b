import type { Json, JsonObject } from '../../contract/json.ts';
import type { Score } from '../../contract/trace.ts';
import { labelMeaning } from '../../text/score-labels.ts';
import { knownScore, normalizedName } from '../../text/score-names.ts';
import { numberOf, stringOf } from '../json/json-value.ts';
import { namedScore } from './score.ts';

/**
 * The score in a column of an evaluation table: by prefix (`score_NAME`, `feedback_scores.NAME`), by a metric's
 * known name with a number or a boolean, or by the name of a verdict with a word for passed or failed. Null for other
 * columns.
 */
export function scoreColumn(
  key: string,
  value: Json,
  row: JsonObject,
  known: ScoreMeaning | null = scoreMeaning(key),
): Score | null {
  if (typeof value === 'object' || known === null) return null;
  const number = numberOf(value);
  const word = typeof value === 'string' && number === null ? value : null;
  const isBoolean = typeof value === 'boolean' || (word !== null && BOOLEAN.has(word));
  const isJudged = number !== null || isBoolean;
  if (known.kind === 'verdict' ? number !== null : word !== null && !isBoolean && !isVerdict(word))
    return null;
  if (!isJudged && (word === null || !isVerdict(word))) return null;
  const score = namedScore(known.name, isBoolean ? isTrue(value) : value, known.annotator);
  return score === null ? null : { ...score, explanation: reasonFor(key, row) };
}

/** True for the explanation of a score in the same row: `faithfulness_reason`. Depends on the keys of the row alone. */
export function isReasonColumn(key: string, row: JsonObject): boolean {
  const base = key.replace(REASON, '');
  return base !== key && base in row && scoreMeaning(base) !== null;
}

/** What the name of a column says about the score in it. */
export interface ScoreMeaning {
  readonly kind: 'metric' | 'verdict';
  readonly name: string;
  readonly annotator: Score['annotator'];
}

const PREFIXES = [
  'score.',
  'scores.',
  'score_',
  'eval.',
  'evals.',
  'feedback.',
  'feedback_scores.',
  'metrics.',
] as const;

/** What a column of that name means as a score; null if it is not a score. */
export function scoreMeaning(key: string): ScoreMeaning | null {
  if (key.length > LONGEST_NAME) return null;
  const prefix = PREFIXES.find((start) => key.startsWith(start));
  if (prefix !== undefined) {
    if (REASON.test(key)) return null;
    const name = key.slice(prefix.length).replace(/\.(?:score|value)$/, '');
    return { kind: 'metric', name, annotator: prefix === 'feedback.' ? 'human' : 'unknown' };
  }
  // `factual_correctness(mode=f1)` of Ragas.
  const bare = key.replace(/\(.{0,60}\)$/, '').replace(/_$/, '');
  if (knownScore(bare) !== undefined) return { kind: 'metric', name: key, annotator: 'unknown' };
  const isVerdictName = VERDICTS.has(normalizedName(bare));
  return isVerdictName ? { kind: 'verdict', name: key, annotator: 'unknown' } : null;
}

const LONGEST_NAME = 120;

const VERDICTS: ReadonlySet<string> = new Set(
  'outcome verdict label result grade judgment judgement test_result eval_result evaluation_result final_result task_result ok'.split(
    ' ',
  ),
);

/** Words that pass or fail a run. Sentiments and topics in a `label` column do not. */
const WORDS: ReadonlySet<string> = new Set(
  'pass passed fail failed failure correct incorrect wrong right success succeeded successful unsuccessful error good bad resolved unresolved'.split(
    ' ',
  ),
);

function isVerdict(word: string): boolean {
  const bare = word.trim().toLowerCase();
  return WORDS.has(bare) && labelMeaning(bare) !== undefined;
}

const BOOLEAN: ReadonlySet<string> = new Set(['true', 'false', 'True', 'False', 'TRUE', 'FALSE']);
const isTrue = (value: Json): boolean => value === true || /^true$/i.test(String(value));

const REASON = /[_.](?:reason|reasoning|explanation|rationale|comment)$/i;
const REASONS = ['_reason', '.reason', '_explanation', '_reasoning', '_rationale', '_comment'];

function reasonFor(key: string, row: JsonObject): string | null {
  for (const suffix of REASONS) {
    const reason = stringOf(row[`${key}${suffix}`]);
    if (reason !== null) return reason;
  }
  return stringOf(row['judge_reason'] ?? row['judge_reasoning']);
}
