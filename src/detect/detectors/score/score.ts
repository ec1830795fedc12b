import type { Signal } from '../../../contract/signal.ts';
import type { Score, Trace } from '../../../contract/trace.ts';
import { fingerprint, maskedKey } from '../../../text/mask.ts';
import type { DetectOptions, Detector, ScoreRule } from '../../detector.ts';
import { pointer, quote } from '../../evidence.ts';
import { labelMeaning } from '../../run/score-labels.ts';
import {
  isFeedbackName,
  type KnownScore,
  knownScore,
  normalisedName,
} from '../../run/score-names.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';

const ID = 'score';
const NO = saysNo(ID);
const NO_SCORES = saysUnknown(ID, 'no scores recorded');
const NOT_KNOWN = saysUnknown(ID, 'no score has a rule or a known direction');

/**
 * Evaluation scores that fail the trace: by the given rules, else by the known direction of common
 * names. A score whose direction is not known never fails a trace.
 */
export const score: Detector = {
  id: ID,
  detect(trace, options) {
    if (trace.scores.length === 0) return NO_SCORES;
    let judged = false;
    const found: Signal[] = [];
    for (const [index, entry] of trace.scores.entries()) {
      const verdict = judge(entry, options);
      if (verdict === null) continue;
      judged = true;
      const signal = verdict.fails ? failed(trace, entry, index, verdict) : null;
      if (signal !== null) found.push(signal);
    }
    if (found.length > 0) return found;
    return judged ? NO : NOT_KNOWN;
  },
};

interface Judgement {
  readonly fails: boolean;
  readonly how: 'low' | 'high' | 'label' | 'rule';
  readonly known: KnownScore | undefined;
}

function judge(entry: Score, options: DetectOptions): Judgement | null {
  const known = knownScore(entry.name);
  const rules = options.scores.filter((rule) => isFor(rule, entry));
  if (rules.length > 0) {
    const answers = rules.map((rule) => applies(rule, entry));
    if (answers.includes(true)) return { fails: true, how: ruleKind(rules, answers), known };
    return answers.includes(false) ? { fails: false, how: 'rule', known } : null;
  }
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

const isFor = (rule: ScoreRule, entry: Score): boolean =>
  rule.name === entry.name || normalisedName(rule.name) === normalisedName(entry.name);

/** Whether the score falls under the rule; null when it has no value of the rule's type. */
function applies(rule: ScoreRule, entry: Score): boolean | null {
  const { comparison, threshold } = rule;
  if (typeof threshold === 'string') {
    if (entry.label === null) return null;
    const same = entry.label.trim().toLowerCase() === threshold.toLowerCase();
    return comparison === '!=' ? !same : same;
  }
  const value = entry.value;
  if (value === null) return null;
  switch (comparison) {
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
    case '=':
      return value === threshold;
    case '!=':
      return value !== threshold;
  }
}

function ruleKind(
  rules: readonly ScoreRule[],
  answers: readonly (boolean | null)[],
): Judgement['how'] {
  const comparison = rules[answers.indexOf(true)]?.comparison ?? '=';
  if (comparison.startsWith('<')) return 'low';
  return comparison.startsWith('>') ? 'high' : 'label';
}

function failed(trace: Trace, entry: Score, index: number, verdict: Judgement): Signal | null {
  const field = verdict.how === 'label' && entry.label !== null ? 'label' : 'value';
  const text = field === 'label' ? (entry.label ?? '') : String(entry.value);
  const evidence = quote(trace, pointer('scores', index, field), text, entry.spanId);
  if (evidence === null) return null;
  const name = maskedKey(normalisedName(entry.name), 60);
  return {
    detector: ID,
    verdict: 'yes',
    category: verdict.known?.category ?? null,
    confidence: CONFIDENCE[entry.annotator],
    spanId: entry.spanId,
    summary:
      verdict.how === 'label'
        ? `Score \`${name}\` has a failing label`
        : `Score \`${name}\` is too ${verdict.how === 'rule' ? 'far off' : verdict.how}`,
    fingerprint: fingerprint(ID, name, verdict.how),
    evidence: [evidence],
  };
}

const CONFIDENCE: Readonly<Record<Score['annotator'], number>> = {
  human: 0.95,
  code: 0.95,
  model: 0.8,
  unknown: 0.8,
};
