import type { Analysis } from '../contract/analysis.ts';
import type { AnalyzedFailure } from '../contract/analyzed-failure.ts';
import { plain } from '../text/printable.ts';
import { statementText } from '../text/statement.ts';
import type { TableRoom } from './cause-table.ts';
import { style } from './style.ts';
import { wrapAtMost, wrapHanging } from './wrap.ts';

/** Fewer failures than this are listed, not ranked. */
const FEW = 5;

/** Whether there are few enough failures to list each one. */
export const areFew = ({ failures, clusters, options }: Analysis): boolean =>
  !options.all && failures.length < FEW && clusters.every(({ rank }) => rank === null);

const INDENT = '     ';

/** Each failure with what its signals say, and a quote. */
export const fewFailures = ({ failures }: Analysis, room: TableRoom): string =>
  failures.map((failure) => entry(failure, room)).join('\n\n');

function entry(
  { traceId, signals, input, shown: quoted }: AnalyzedFailure,
  { width, isTerminal }: TableRoom,
): string {
  const [first] = signals;
  const said = first === undefined ? 'failed' : statementText(first.statement);
  const shown = plain(quoted ?? input);
  const within = (text: string): string =>
    isTerminal
      ? wrapAtMost(text, width - INDENT.length, 2).replaceAll('\n', `\n${INDENT}`)
      : wrapHanging(text, width, INDENT);
  return [
    ` –   ${style('bold', wrapHanging(plain(said), width, INDENT))}`,
    ...(shown === '' ? [] : [`${INDENT}${style('dim', within(`“${shown}”`))}`]),
    `${INDENT}${style('dim', within(`trace ${plain(traceId)}`))}`,
  ].join('\n');
}
