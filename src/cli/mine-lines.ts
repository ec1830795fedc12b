import { dollars, percent, plural } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { shellWord } from '../text/shell-word.ts';
import type { Mined, ReadSuite } from '../verify/verify.ts';
import type { MineOptions } from './mine-options.ts';
import { style } from './style.ts';
import { typable } from './typable.ts';

interface ShownMined {
  readonly result: Mined;
  readonly read: ReadSuite;
  readonly options: MineOptions;
}

type Counts = Mined['total'];

/** The four rules, as people read them. */
const RATES: readonly (readonly [keyof Counts, string])[] = [
  ['lands', 'land in the cause'],
  ['fails', 'fail now'],
  ['isNew', 'are no copies'],
  ['isNear', 'lie near real cases'],
];

/** What `--json` prints. */
export const mineRecord = ({ result, read, options }: ShownMined): object => {
  const { total, families, added, stopped, spent } = result;
  return {
    cause: read.suite.cause.id,
    file: read.file,
    ...{ total, families, added, stopped, used: spent },
    next: nextOf({ result, read, options }),
  };
};

/** The rates of the four rules, what was kept of each family, and what to do. */
export function mineLines(shown: ShownMined): string {
  const { result, read } = shown;
  const { total, families, added, stopped, spent } = result;
  const { id, title } = read.suite.cause;
  return [
    '',
    `${style('cyan', id)}  ${style('bold', plain(title))}`,
    '',
    row('made', plural(total.made, 'variant')),
    ...RATES.map(([rule, words], at) =>
      row(at === 0 ? 'of them' : '', `${rateOf(total[rule], total.made)} ${words}`),
    ),
    row(
      'kept',
      `${total.kept}: ${total.kept === 0 ? 'none keeps to all four rules' : 'they keep to all four rules'}`,
    ),
    ...families
      .filter(({ made }) => made > 0)
      .map((each, at) =>
        row(
          at === 0 ? 'families' : '',
          `${each.family.replaceAll('_', ' ').padEnd(20)} ${style('dim', `${each.made} made, ${each.lands} land, ${each.fails} fail, ${each.isNew} no copies, ${each.isNear} near:`)} ${each.kept} kept`,
        ),
      ),
    ...added.map(({ id: case_, family, input }, at) =>
      row(
        at === 0 ? 'cases' : '',
        `${case_}  ${family.replaceAll('_', ' ').padEnd(20)} ${style('dim', `“${plain(input ?? '').slice(0, 60)}”`)}`,
      ),
    ),
    ...(stopped === null ? [] : [row('stopped', style('yellow', plain(stopped)))]),
    row(
      'used',
      `${plural(spent.calls, 'call')}${spent.dollars > 0 ? `, ${dollars(spent.dollars)}` : ''}`,
    ),
    ...(added.length === 0 ? [] : [row('suite', style('cyan', plain(read.file)))]),
    row('next', nextOf(shown)),
    '',
  ].join('\n');
}

const rateOf = (count: number, of: number): string =>
  of === 0 ? '0' : `${count} (${percent(count / of)})`;

const row = (name: string, text: string): string => `${name.padEnd(10)}${text}`;

function nextOf({ result: { added, total, stopped }, read, options }: ShownMined): string {
  const line = `culprit eval ${shellWord(read.file)} --target ${shellWord(options.target)}`;
  if (added.length > 0) return `fix the cause; then ${typable(line)} has to pass these cases, too`;
  if (stopped !== null) return 'raise the budget, or run this again';
  return total.fails === 0
    ? 'the target passes all of them: nothing is to be added'
    : 'raise --each, or promote more traces: they are what variants are made from';
}
