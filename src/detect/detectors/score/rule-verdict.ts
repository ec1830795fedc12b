import type { Trace } from '../../../contract/trace.ts';
import { normalizedName } from '../../../text/score-names.ts';
import type { ScoreRule } from '../../run/options.ts';
import { type Measure, measuresNamed } from './measure.ts';

/** Whether a trace fails the rules: true by any of them, null where it has nothing that one applies to. */
export function ruleVerdict(trace: Trace, rules: readonly ScoreRule[]): boolean | null {
  let verdict: boolean | null = null;
  for (const rule of rules) {
    const fails = failsRule(trace, rule);
    if (fails === true) return true;
    verdict ??= fails;
  }
  return verdict;
}

/** Whether a trace fails one rule; null where it has nothing that the rule applies to. */
export function failsRule(trace: Trace, rule: ScoreRule): boolean | null {
  const answers = measuresNamed(trace, rule.name).map((measure) => applies(rule, measure));
  return answers.includes(true) ? true : answers.includes(false) ? false : null;
}

export const isFor = (rule: ScoreRule, name: string): boolean =>
  rule.name === name || normalizedName(rule.name) === normalizedName(name);

/** Whether the measure fails the rule; null when it has no value of the rule's type. */
export function applies(rule: ScoreRule, entry: Pick<Measure, 'value' | 'label'>): boolean | null {
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
