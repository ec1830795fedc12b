import type { Analysis } from '../contract/analysis.ts';
import type { MeasureRange } from '../contract/measured.ts';
import { labelMeaning } from '../text/score-labels.ts';
import { knownScore } from '../text/score-names.ts';
import { shellWord } from '../text/shell-word.ts';
import type { GivenCommand } from './given-command.ts';

/** What to add to a command, and why. */
export interface Advice {
  readonly why: string;
  readonly options: readonly string[];
}

/** `try  culprit analyze traces.jsonl --all   to group all traces`; the options alone where the command cannot be given again. */
export function adviceLine({ why, options }: Advice, command: GivenCommand): string {
  const whole = command.with(...options);
  return whole === null
    ? `add ${options.map(shellWord).join(' ')}  (${why})`
    : `try ${whole}  # ${why}`;
}

const MOST_RULES = 2;

/** What may help where nothing failed: rules about scores and columns that the traces have, and all traces. */
export function whereNothingFailed({ measures, rules }: Analysis): readonly Advice[] {
  const taken = new Set(rules.map(({ rule }) => rule));
  const suggested = measures
    .filter(({ from }) => from !== 'run')
    .flatMap((measure) => ruleFor(measure) ?? [])
    .filter((rule) => !taken.has(rule))
    .slice(0, MOST_RULES)
    .map((rule) => ({ why: 'to say what a failure is', options: ['--score', rule] }));
  return [...suggested, { why: 'to group all traces', options: ['--all'] }];
}

/** A rule that fails some of the traces; null where no value of the measure looks bad. */
function ruleFor({ name, range, words }: MeasureRange): string | null {
  if (/[<>=!]/.test(name)) return null;
  const bad = words.find((word) => labelMeaning(word) === 'bad');
  if (bad !== undefined) return `${name}=${bad}`;
  if (range === null) return null;
  const [least, most] = range;
  if (least === most) return null;
  if (words.length > 0 && least === 0 && most === 1) {
    const word = words.find((each) => /^false$/i.test(each));
    return word === undefined ? null : `${name}=${word}`;
  }
  if (least < 0 || most > 1) return null;
  const known = knownScore(name);
  return known?.good === 'low' ? `${name}>0.5` : `${name}<0.5`;
}
