import type { Statement } from '../../../contract/signal.ts';
import type { Score } from '../../../contract/trace.ts';
import { maskedKey } from '../../../text/mask.ts';
import { labelMeaning } from '../../../text/score-labels.ts';
import {
  isFeedbackName,
  type KnownScore,
  knownScore,
  normalizedName,
} from '../../../text/score-names.ts';
import { field, statement } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import type { ScoreRule } from '../../run/options.ts';
import type { Run } from '../../run/run.ts';
import { type Measure, measuresNamed, scoreMeasure } from './measure.ts';
import { applies, isFor } from './rule-verdict.ts';

const NO_SCORES = inconclusive('no scores recorded');
const NOT_KNOWN = inconclusive('no score has a rule or a known direction');

/**
 * Evaluation scores that fail the trace: by the given rules, else by the known direction of common names.
 * A score whose direction is unknown never fails a trace.
 */
export const score = defineDetector({
  id: 'score',
  tier: 'filter',
  finds: 'a score or column that fails a `--score` rule, or a common score on its bad side',
  detect(run) {
    const { scores } = run.options;
    const measures = [...run.trace.scores.map(scoreMeasure), ...otherMeasures(run)];
    if (measures.length === 0) return NO_SCORES;
    const findings: (Finding | null)[] = [];
    let isJudged = false;
    for (const measure of measures) {
      const rules = scores.filter((rule) => isFor(rule, measure.name));
      const judgment = rules.length > 0 ? judgeByRules(measure, rules) : judge(measure);
      if (judgment === null) continue;
      isJudged = true;
      if (judgment.fails) findings.push(failed(run, measure, judgment));
    }
    return isJudged ? findings : NOT_KNOWN;
  },
});

/**
 * Whether scores say that a trace failed, by the given rules, else by the known direction of common names; null where none
 * has either.
 * @param scores Values by name.
 */
export function scoresFail(
  scores: Readonly<Record<string, number>>,
  rules: readonly ScoreRule[],
): boolean | null {
  let fails: boolean | null = null;
  for (const [name, value] of Object.entries(scores)) {
    const given = { name, value, label: null, explanation: null, spanId: null };
    const measure = scoreMeasure({ ...given, annotator: 'unknown' }, 0);
    const own = rules.filter((rule) => isFor(rule, name));
    const judgment = own.length > 0 ? judgeByRules(measure, own) : judge(measure);
    if (judgment !== null) fails = fails === true || judgment.fails;
  }
  return fails;
}

/** Columns and measures of the run that a rule names, each once. */
function otherMeasures({ trace, options }: Run): readonly Measure[] {
  if (options.scores.length === 0) return [];
  const named = options.scores
    .flatMap(({ name }) => measuresNamed(trace, name))
    .filter(({ from }) => from !== 'score');
  return [...new Map(named.map((measure) => [measure.name, measure])).values()];
}

interface Judgment {
  readonly fails: boolean;
  readonly how: 'low' | 'high' | 'label' | 'rule';
  readonly known: KnownScore | undefined;
}

function judgeByRules(measure: Measure, rules: readonly ScoreRule[]): Judgment | null {
  const known = measure.from === 'score' ? knownScore(measure.name) : undefined;
  const answers = rules.map((rule) => applies(rule, measure));
  if (answers.includes(true)) return { fails: true, how: ruleKind(rules, answers), known };
  return answers.includes(false) ? { fails: false, how: 'rule', known } : null;
}

function judge(entry: Measure): Judgment | null {
  const known = knownScore(entry.name);
  if (isFeedbackName(entry.name)) return null;
  const byLabel = entry.label === null ? null : judgeLabel(entry.label, known);
  if (byLabel !== null) return { fails: byLabel, how: 'label', known };
  if (known === undefined || entry.value === null) return null;
  if (entry.value < 0 || entry.value > 1) return null;
  return known.good === 'high'
    ? { fails: entry.value < known.threshold, how: 'low', known }
    : { fails: entry.value > known.threshold, how: 'high', known };
}

function judgeLabel(label: string, known: KnownScore | undefined): boolean | null {
  const meaning = labelMeaning(label);
  switch (meaning) {
    case 'good':
      return false;
    case 'bad':
      return true;
    case 'true':
      return known === undefined ? null : known.good === 'low';
    case 'false':
      return known === undefined ? null : known.good === 'high';
    case undefined:
      return null;
  }
}

function ruleKind(
  rules: readonly ScoreRule[],
  answers: readonly (boolean | null)[],
): Judgment['how'] {
  const comparison = rules[answers.indexOf(true)]?.comparison ?? '=';
  if (comparison.startsWith('<')) return 'low';
  return comparison.startsWith('>') ? 'high' : 'label';
}

function failed(run: Run, entry: Measure, judgment: Judgment): Finding | null {
  const isLabel = judgment.how === 'label' && entry.label !== null && entry.from === 'score';
  const name = maskedKey(normalizedName(entry.name), 60);
  const path = isLabel ? entry.path.replace(/\/value$/, '/label') : entry.path;
  const text = isLabel ? (entry.label ?? '') : entry.text;
  return run.finding({
    category: judgment.known?.category ?? null,
    confidence: CONFIDENCE[entry.annotator],
    statement: statementFor(name, judgment.how, entry.from === 'score'),
    cause: [name, judgment.how],
    evidence: [run.quote(path, text, entry.spanId)],
  });
}

function statementFor(name: string, how: Judgment['how'], isScore: boolean): Statement {
  if (!isScore) {
    if (how === 'low') return statement`${field(name)} is too low`;
    if (how === 'high') return statement`${field(name)} is too high`;
    return statement`${field(name)} fails its rule`;
  }
  switch (how) {
    case 'low':
      return statement`Score ${field(name)} is too low`;
    case 'high':
      return statement`Score ${field(name)} is too high`;
    case 'label':
      return statement`Score ${field(name)} has a failing label`;
    case 'rule':
      return statement`Score ${field(name)} fails its rule`;
  }
}

const CONFIDENCE: Readonly<Record<Score['annotator'], number>> = {
  human: 0.95,
  code: 0.95,
  model: 0.8,
  unknown: 0.8,
};
