import type { CauseChange, CauseSide, Diff } from '../contract/diff.ts';
import { mixSentence, qText, ratioSentence, sameMixSentence, signed } from '../text/diff-words.ts';
import { count, twoDigits } from '../text/format.ts';
import { statementText } from '../text/statement.ts';
import { cell } from './cell.ts';

/** The first line of a comment, by which the next run finds and replaces it. */
const MARK = '<!-- culprit diff -->';

/** Causes that are listed. */
const SHOWN = 20;

/** What changed as Markdown, for a comment on a pull request that is updated. */
export function markdownOf(diff: Diff): string {
  const { before, after, causes, noRates } = diff;
  const shown = causes.slice(0, SHOWN);
  const lines = [
    MARK,
    `**${cell(statementText(diff.headline), 2_000)}.**`,
    '',
    ...(shown.length === 0 ? [] : tableOf(shown, diff)),
    ...(causes.length > SHOWN ? [`${count(causes.length - SHOWN)} more causes.`, ''] : []),
    ...(noRates === null && shown.length > 0
      ? ['Failures per 1,000 traces, with 95% intervals.', '']
      : []),
    ...shown.flatMap(differsOf),
    ...(diff.sampleRatio?.isAlarm ? [`⚠ ${cell(ratioSentence(diff.sampleRatio))}.`, ''] : []),
    ...diff.mix
      .filter(({ isAlarm }) => isAlarm)
      .flatMap((shift) => [`⚠ ${cell(mixSentence(shift, before.name, after.name))}.`, '']),
    ...diff.remarks.flatMap((remark) => [`${cell(remark)}.`, '']),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function tableOf(
  causes: readonly CauseChange[],
  { before, after, noRates }: Diff,
): readonly string[] {
  const stateOf = ({ state, isMix }: CauseChange): string =>
    noRates === null ? `${state}${isMix ? ' (mix)' : ''}` : '';
  return [
    `| | root cause | ${cell(before.name)} | ${cell(after.name)} | difference | q | more needed |`,
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...causes.map((cause) => {
      const mixed = sameMixSentence(cause);
      const title = `${cell(cause.title)}${mixed === null ? '' : `<br>${cell(mixed)}`}`;
      const cells = [
        stateOf(cause),
        title,
        rate(cause.before, cause.isEstimate),
        rate(cause.after, cause.isEstimate),
        difference(cause),
        cause.q === null ? '–' : cell(qText(cause.q)),
        cause.needed === null ? '' : `about ${count(cause.needed)}`,
      ];
      return `| ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

function rate({ events, exposures, ratePerThousand, rateInterval }: CauseSide, estimated: boolean) {
  const counted = `${estimated ? 'about ' : ''}${count(events)} of ${count(exposures)}`;
  if (ratePerThousand === null || rateInterval === null) return counted;
  const [low, high] = rateInterval;
  return `${twoDigits(ratePerThousand)} (${twoDigits(low)}–${twoDigits(high)})<br>${counted}`;
}

const difference = ({ difference: found, differenceInterval }: CauseChange): string =>
  found === null || differenceInterval === null
    ? ''
    : `${signed(found)} (${signed(differenceInterval[0])} to ${signed(differenceInterval[1])})`;

const differsOf = ({ title, differs }: CauseChange): readonly string[] =>
  differs.length === 0
    ? []
    : [
        `What differs where “${cell(title)}”:`,
        '',
        ...differs.map(({ sentence }) => `- ${cell(sentence)}`),
        '',
      ];
