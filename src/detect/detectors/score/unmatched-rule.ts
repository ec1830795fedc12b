import { CulpritError } from '../../../contract/culprit-error.ts';
import type { MeasureRange, RuleCount } from '../../../contract/measured.ts';
import { closestName } from '../../../text/closest-name.ts';
import { maskedKey } from '../../../text/mask.ts';
import { isFor } from './rule-verdict.ts';
import { parseScoreRule } from './score-rule.ts';

/** The error for the first rule that no trace has a value for; it names what the traces hold. Null where all apply. */
export function unmatchedRule(
  rules: readonly RuleCount[],
  measures: readonly MeasureRange[],
): CulpritError | null {
  const unmatched = rules.find(({ judged }) => judged === 0);
  if (unmatched === undefined) return null;
  const rule = parseScoreRule(unmatched.rule);
  const same = measures.find(({ name }) => isFor(rule, name));
  const why =
    same === undefined
      ? `no trace has a score or a column ${rule.name}.${meant(rule.name, measures)} ${listed(measures)}`
      : `${same.name} holds ${heldBy(same)}, nothing that ${unmatched.rule} applies to${instead(same)}`;
  return new CulpritError('invalid_option', `scores: ${why}`, { option: 'scores' });
}

function meant(name: string, measures: readonly MeasureRange[]): string {
  const close = closestName(
    name,
    measures.map((each) => each.name),
  );
  return close === null ? '' : ` Did you mean ${close}?`;
}

const SHOWN = 12;
const GROUPS = [
  ['score', 'Scores'],
  ['column', 'Columns'],
  ['run', 'Of the run'],
] as const;

/** Names with their ranges, apart for scores and columns. Words are listed where nothing has a number. */
function listed(measures: readonly MeasureRange[]): string {
  const numeric = measures.filter(({ range }) => range !== null);
  const shown = numeric.length > 0 ? numeric : measures;
  if (shown.length === 0) return 'No trace has a score, or a column with a number or a boolean';
  return GROUPS.flatMap(([from, head]) => {
    const of = shown.filter((each) => each.from === from);
    if (of.length === 0) return [];
    const names = of.slice(0, SHOWN).map((each) => `${maskedKey(each.name, 60)} (${heldBy(each)})`);
    const more = of.length > SHOWN ? `, and ${of.length - SHOWN} more` : '';
    return [`${head}: ${names.join(', ')}${more}`];
  }).join('. ');
}

function heldBy({ range, words }: MeasureRange): string {
  if (words.length > 0) return words.slice(0, 3).join(', ');
  if (range === null) return 'text';
  const [least, most] = range.map((value) => String(Number(value.toPrecision(3))));
  return least === most ? `always ${least}` : `${least} to ${most}`;
}

const instead = ({ name, words }: MeasureRange): string =>
  words.length === 0 ? '' : `; write ${name}=${words[0]}`;
