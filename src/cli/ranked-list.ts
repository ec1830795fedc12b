import Table from 'cli-table3';
import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import { causeProof } from '../text/cause-proof.ts';
import { count, percent, percentRange } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { shownQuote } from '../text/shown-quote.ts';
import { funnelLine } from './funnel-line.ts';
import { notes } from './notes.ts';
import { shorten } from './shorten.ts';
import { style } from './style.ts';

export interface RankedListOptions {
  readonly top: number;
  /** Columns of the terminal. */
  readonly width: number;
  readonly reportPath: string | null;
}

/** The ranked causes as a table that needs no legend, the coverage funnel, and what to do next. */
export function rankedList(analysis: Analysis, options: RankedListOptions): string {
  return [
    '',
    headline(analysis),
    '',
    analysis.clusters.length > 0 ? table(analysis, options) : nothingClustered(analysis),
    more(analysis, options),
    otherLevels(analysis),
    style('dim', analysis.formula),
    '',
    funnelLine(analysis, options.width),
    ...notes(analysis),
    '',
    ...next(analysis, options),
    '',
  ]
    .filter((line) => line !== null)
    .join('\n');
}

function headline({ clusters, funnel }: Analysis): string {
  const failed = funnel.find(({ name }) => name === 'failed')?.count ?? 0;
  const eligible = funnel.find(({ name }) => name === 'eligible')?.count ?? 0;
  const first = clusters.filter(({ rank }) => rank !== null).slice(0, 3);
  const share = first.reduce((sum, cluster) => sum + cluster.share, 0);
  const what = `${count(failed)} of ${count(eligible)} traces failed`;
  if (first.length === 0) return style('bold', `${what}; no cause is certain enough to come first`);
  const causes = first.length === 1 ? '1 cause explains' : `${first.length} causes explain`;
  return `${style('bold', `${what}; ${causes} ${percent(share)} of them`)}`;
}

const COLUMNS = {
  rank: { head: '#', width: 5 },
  cause: { head: 'root cause', width: 0 },
  share: { head: 'share of failures', width: 22 },
  severity: { head: 'severity', width: 10 },
  priority: { head: 'priority', width: 14 },
  layer: { head: 'fix in', width: 15 },
} as const;

type Column = keyof typeof COLUMNS;

const ALL: readonly Column[] = ['rank', 'cause', 'share', 'severity', 'priority', 'layer'];
/** Columns that a narrow terminal leaves out, in this order; the report has all. */
const OPTIONAL: readonly Column[] = ['layer', 'severity', 'priority'];
const NARROWEST_CAUSE = 26;

/** The columns that fit, and the width they leave for the cause. */
function fitting(width: number): { columns: readonly Column[]; causeWidth: number } {
  const room = Math.min(width, 140) - 2;
  const choices = [0, 1, 2, 3].map((omitted) => {
    const columns = ALL.filter((column) => !OPTIONAL.slice(0, omitted).includes(column));
    const taken = columns.reduce((sum, column) => sum + COLUMNS[column].width, 0);
    return { columns, causeWidth: Math.max(NARROWEST_CAUSE, room - taken), fits: room - taken };
  });
  return choices.find(({ fits }) => fits >= NARROWEST_CAUSE) ?? choices.at(-1)!;
}

function table({ clusters }: Analysis, { top, width }: RankedListOptions): string {
  const { columns, causeWidth } = fitting(width);
  const rows = new Table({
    head: columns.map((column) => style('dim', COLUMNS[column].head)),
    colWidths: columns.map((column) => (column === 'cause' ? causeWidth : COLUMNS[column].width)),
    wordWrap: true,
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const cluster of clusters.slice(0, top)) {
    const cells = row(cluster, causeWidth - 2);
    rows.push(columns.map((column) => cells[column]));
  }
  return rows.toString();
}

function row(cluster: Cluster, width: number): Record<Column, string> {
  const leading = cluster.rank !== null && cluster.rank <= 3;
  const place = `${leading ? style('yellow', '▸') : ' '}${style('bold', cluster.rank === null ? '–' : String(cluster.rank))}`;
  const name = style(leading ? ['bold'] : [], plain(cluster.title));
  return {
    rank: place,
    cause: [
      name,
      style('dim', example(cluster, width)),
      ...proof(cluster, width),
      ...reason(cluster, width),
    ].join('\n'),
    share: `${bar(cluster.share)} ${percent(cluster.share)}\n${style('dim', `${percentRange(cluster.shareInterval)}, ${count(cluster.size)} in sample`)}`,
    severity: cluster.severity === null ? '' : severityDots(cluster.severity),
    priority: `${style('bold', cluster.rank === null ? '–' : cluster.priority.toFixed(0))}\n${style('dim', topThree(cluster))}`,
    layer: fixIn(cluster),
  };
}

const example = ({ evidence: [first] }: Cluster, width: number): string =>
  first === undefined ? 'no quote' : shorten(`“${plain(shownQuote(first))}”`, width);

/** The most telling reason, on four lines or five. */
const reason = ({ why: [first] }: Cluster, width: number): string[] =>
  first === undefined ? [] : [shorten(plain(first.statement), 4 * width)];

/** Detectors prove causes by their quotes; other causes show how they were tested. */
const proof = (cluster: Cluster, width: number): string[] =>
  cluster.state === null || cluster.state === 'detector'
    ? []
    : [style('dim', shorten(causeProof(cluster) ?? '', 2 * width))];

function fixIn({ layer, usualLayer }: Cluster): string {
  if (layer !== 'unknown' || usualLayer === 'unknown') return `${layer}\n`;
  return style('dim', `usually\n${usualLayer}`);
}

const topThree = ({ topThreeProbability: chance }: Cluster): string => {
  if (chance >= 0.995) return 'top 3';
  return chance < 0.01 ? '' : `${percent(chance)} top 3`;
};

const BAR = 8;

function bar(share: number): string {
  const eighths = Math.round(share * BAR * 8);
  const full = '█'.repeat(Math.floor(eighths / 8));
  const part = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths % 8]!;
  return `${style('red', full + part)}${style('dim', '·'.repeat(BAR - full.length - part.length))}`;
}

const severityDots = (severity: number): string => {
  const dots = Math.round(severity);
  return `${style('red', '●'.repeat(dots))}${style('dim', '○'.repeat(5 - dots))}`;
};

function more({ clusters }: Analysis, { top }: RankedListOptions): string {
  const hidden = clusters.length - top;
  return hidden > 0 ? style('dim', `… and ${hidden} more: --top ${clusters.length}\n`) : '';
}

/** The next level on either side; null where there is one level. */
function otherLevels({ level, levels }: Analysis): string | null {
  const beside = [
    { name: 'broader', other: levels[level - 1] },
    { name: 'narrower', other: levels[level + 1] },
  ].flatMap(({ name, other }) => {
    if (other === undefined) return [];
    const causes = other.clusters.length === 1 ? '1 cause' : `${other.clusters.length} causes`;
    return [`${name}: ${causes} with --granularity ${other.granularity}`];
  });
  return beside.length === 0 ? null : style('dim', beside.join('; '));
}

const nothingClustered = ({ options }: Analysis): string =>
  `No ${options.minClusterSize} failures are similar enough to have one cause. Try --min-cluster-size 2, or --view output.\n`;

function next({ clusters }: Analysis, { reportPath }: RankedListOptions): string[] {
  const [first] = clusters;
  return [
    ...(first === undefined || first.rank === null
      ? []
      : [
          `next    fix cause ${style('bold', '1')}${first.layer === 'unknown' ? '' : ` in the ${first.layer} layer`}; ${percent(first.share)} of failures have it`,
        ]),
    ...(reportPath === null ? [] : [`report  ${style('cyan', reportPath)}`]),
  ];
}
