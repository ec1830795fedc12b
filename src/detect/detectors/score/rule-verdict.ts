import type { Score, Trace } from '../../../contract/trace.ts';
import type { ScoreRule } from '../../run/options.ts';
import { normalizedName } from '../../run/score-names.ts';

/** Whether a trace fails the rules: true by any of them, null where it has no score that one applies to. */
export function ruleVerdict({ scores }: Trace, rules: readonly ScoreRule[]): boolean | null {
  if (rules.length === 0) return null;
  const answers = scores.flatMap((score) =>
    rules.filter((rule) => isFor(rule, score)).map((rule) => applies(rule, score)),
  );
  return answers.includes(true) ? true : answers.includes(false) ? false : null;
}

export const isFor = (rule: ScoreRule, entry: Score): boolean =>
  rule.name === entry.name || normalizedName(rule.name) === normalizedName(entry.name);

/** Whether the rule applies to the score; null when it has no value of the rule's type. */
export function applies(rule: ScoreRule, entry: Score): boolean | null {
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
