import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import { plural } from '../text/format.ts';
import { promoteLine } from '../text/promote-line.ts';
import { shellWord } from '../text/shell-word.ts';
import { type Advice, adviceLine, whereNothingFailed } from './advice.ts';
import {
  causeTable,
  groupTable,
  headlessTable,
  hiddenCount,
  type TableRoom,
} from './cause-table.ts';
import { areFew, fewFailures } from './few-failures.ts';
import { funnelLine } from './funnel-line.ts';
import type { GivenCommand } from './given-command.ts';
import { headline } from './headline.ts';
import { lacking } from './lacking.ts';
import { narrativeLines } from './narrative-lines.ts';
import { notes } from './notes.ts';
import { style } from './style.ts';
import { typable } from './typable.ts';
import { wrap } from './wrap.ts';

export interface RankedListOptions extends Pick<TableRoom, 'width' | 'isTerminal'> {
  readonly top: number;
  /** What was typed, to which advice adds options. */
  readonly command: GivenCommand;
  readonly report: WrittenReport | null;
}

interface WrittenReport {
  readonly path: string;
  /** There was one before. */
  readonly replaced: boolean;
}

/** What to fix first, the ranked causes as a table that needs no legend, the coverage, and what to do next. */
export function rankedList(analysis: Analysis, options: RankedListOptions): string {
  const { width, report } = options;
  const isRanked = analysis.clusters.some(({ rank }) => rank !== null);
  return [
    '',
    headline(analysis, width),
    '',
    ...body(analysis, options),
    ...narrativeLines(analysis, width),
    ...(isRanked ? [style('dim', wrap(analysis.formula, width)), ''] : []),
    funnelLine(analysis, width),
    ...notes(analysis, width),
    ...lacking(analysis, width, report !== null).map((line) => style('dim', line)),
    '',
    ...promotion(analysis),
    ...comparison(analysis),
    ...advice(analysis, options).map((each) => adviceLine(each, options.command)),
    ...(report === null
      ? []
      : [`report  ${style('cyan', report.path)}${report.replaced ? ' (replaced)' : ''}`]),
    '',
  ].join('\n');
}

function body(analysis: Analysis, options: RankedListOptions): string[] {
  const { clusters, failures, detectors } = analysis;
  const room = { ...options, detectors };
  if (failures.length === 0) return [];
  if (areFew(analysis)) return [fewFailures(analysis, room), ''];
  if (clusters.length === 0) return [wrap(nothingClustered(analysis), options.width), ''];
  const shown = clusters.slice(0, options.top);
  if (analysis.options.all) return [groupTable(shown, room), ''];
  const ranked = shown.filter(({ rank }) => rank !== null);
  const others = shown.filter(({ rank }) => rank === null);
  return [
    ...(ranked.length > 0 ? [causeTable(ranked, room), ''] : []),
    ...(others.length > 0 ? [...unknown(others, room), ''] : []),
  ];
}

/** Apart from the causes: what failed for a reason that is not proven. */
const unknown = (clusters: readonly Cluster[], room: TableRoom): string[] => [
  ...(clusters.some(({ title }) => !title.startsWith(UNKNOWN)) ? [style('bold', UNKNOWN)] : []),
  headlessTable(clusters, room),
];

const UNKNOWN = 'Failed, cause not yet known';

const nothingClustered = ({ options, failures }: Analysis): string =>
  `${plural(failures.length, options.all ? 'trace' : 'failure')}, no ${options.minClusterSize} of them similar enough to form a group.`;

/** The line that turns the first cause into a suite; none where it would fill the screen. */
function promotion({ command, clusters }: Analysis): readonly string[] {
  const first = clusters.find(({ rank }) => rank === 1);
  if (command === null || first === undefined) return [];
  const line = promoteLine(command, first.id);
  return line.length > LONGEST ? [] : [`next ${typable(line)}  # to keep cause 1 fixed`];
}

/** The line that compares versions; none where no two of them follow each other. */
function comparison({ command, options, traffic: { facets } }: Analysis): readonly string[] {
  const facet = facets.find(
    ({ dimension, changes }) => dimension !== 'tenant' && changes.length > 0,
  );
  if (command === null || command.files.length !== 1 || facet === undefined) return [];
  if (options.all || options.scores.length > 0) return [];
  const words = ['culprit', 'diff', ...command.files, '--by', facet.dimension, ...command.flags];
  const line = words.map(shellWord).join(' ');
  return line.length > LONGEST
    ? []
    : [`next ${typable(line)}  # to see what changed between versions`];
}

const LONGEST = 300;

function advice(analysis: Analysis, { top }: RankedListOptions): readonly Advice[] {
  const { clusters, failures, level, levels, options } = analysis;
  if (failures.length === 0) return whereNothingFailed(analysis);
  const hidden = hiddenCount(clusters, top);
  return [
    ...(hidden === null
      ? []
      : [{ why: `to list ${hidden} more`, options: ['--top', String(clusters.length)] }]),
    ...(clusters.length === 0 && options.minClusterSize > 2 && !areFew(analysis)
      ? [{ why: 'to allow groups of two', options: ['--min-cluster-size', '2'] }]
      : []),
    ...beside('broader', levels[level - 1], analysis),
    ...beside('narrower', levels[level + 1], analysis),
  ];
}

/** The next level on one side; none where there is no other. */
function beside(
  how: 'broader' | 'narrower',
  level: Analysis['levels'][number] | undefined,
  { options }: Analysis,
): readonly Advice[] {
  if (level === undefined) return [];
  const what = plural(level.clusters.length, `${how} ${options.all ? 'group' : 'cause'}`);
  return [{ why: `for ${what}`, options: ['--granularity', level.granularity] }];
}
