import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import { causeProof, detectorProof } from '../text/cause-proof.ts';
import { count, percent, percentRange, plural, twoDigits } from '../text/format.ts';
import { plain } from '../text/printable.ts';
import { style } from './style.ts';
import { type Column as TableColumn, table } from './table.ts';
import { wrap, wrapAtMost } from './wrap.ts';

export interface TableRoom {
  /** Columns of the terminal. */
  readonly width: number;
  /** Quotes and reasons end after a few lines; in a pipe they are whole. */
  readonly isTerminal: boolean;
  /** Of the run: how often each was right. */
  readonly detectors: Analysis['detectors'];
}

type Column = TableColumn<Cluster, TableRoom>;

const NUMBER: Column = {
  head: '#',
  width: 5,
  cell: ({ rank }) => {
    const mark = rank !== null && rank <= 3 ? style('yellow', '▸') : ' ';
    return `${mark}${style('bold', rank === null ? '–' : String(rank))}`;
  },
};

const CAUSE: Column = { head: 'root cause', width: 0, cell: causeCell };
const GROUP: Column = { head: 'what the traces share', width: 0, cell: causeCell };

const SHARE: Column = {
  head: 'share of failures',
  width: 24,
  cell: ({ share, shareInterval, population }, width) => {
    const size = [percentRange(shareInterval), plural(population, 'trace')];
    const line = size.join(', ');
    return `${bar(share)} ${percent(share)}\n${style('dim', line.length <= width ? line : size.join(',\n'))}`;
  },
};

const SHARE_OF_TRACES: Column = { ...SHARE, head: 'share of traces' };

const FAILED: Column = {
  head: 'failed',
  width: 14,
  cell: ({ failedShare, failedShareInterval }) =>
    failedShare === null || failedShareInterval === null
      ? ''
      : `${percent(failedShare)}\n${style('dim', percentRange(failedShareInterval))}`,
};

const SEVERITY: Column = {
  head: 'severity',
  leaves: 2,
  width: 10,
  cell: ({ severity }) => (severity === null ? '' : severityDots(severity)),
};

const PRIORITY: Column = {
  head: 'priority',
  leaves: 3,
  width: 14,
  cell: (cluster) =>
    cluster.rank === null
      ? ''
      : `${style('bold', twoDigits(cluster.priority))}\n${style('dim', topThree(cluster))}`,
};

const LAYER: Column = {
  head: 'fix in',
  leaves: 1,
  width: 15,
  cell: ({ layer, usualLayer }) => {
    if (layer !== 'unknown') return `${layer}\n`;
    return usualLayer === 'unknown' ? '' : style('dim', `usually\n${usualLayer}`);
  },
};

const CAUSE_COLUMNS = [NUMBER, CAUSE, SHARE, SEVERITY, PRIORITY, LAYER];

/** Causes of failures. A narrow terminal leaves out the last of these columns; the report has all. */
export const causeTable = (clusters: readonly Cluster[], room: TableRoom): string =>
  table(clusters, room, CAUSE_COLUMNS);

/** Further causes, in the same columns. */
export const headlessTable = (clusters: readonly Cluster[], room: TableRoom): string =>
  table(
    clusters,
    room,
    CAUSE_COLUMNS.map((column) => ({ ...column, head: '' })),
  );

/** Groups of all traces, with the share of each that failed. */
export const groupTable = (clusters: readonly Cluster[], room: TableRoom): string =>
  table(clusters, room, [NUMBER, GROUP, SHARE_OF_TRACES, FAILED]);

const QUOTE_LINES = 2;
const REASON_LINES = 4;

/** The title, the most telling quote, how the cause was found, and the most telling reason. */
function causeCell(cluster: Cluster, width: number, { isTerminal, detectors }: TableRoom): string {
  const within = (text: string, lines: number): string =>
    isTerminal ? wrapAtMost(text, width, lines) : wrap(text, width);
  const [quote] = cluster.evidence;
  const [why] = cluster.why;
  const proof = proofOf(cluster, detectors);
  const isLeading = cluster.rank !== null && cluster.rank <= 3;
  return [
    style(isLeading ? ['bold'] : [], wrap(plain(cluster.title), width)),
    ...(quote === undefined ? [] : [style('dim', within(`“${plain(quote.shown)}”`, QUOTE_LINES))]),
    ...(proof === null ? [] : [style('dim', within(proof, QUOTE_LINES))]),
    ...(why === undefined ? [] : [within(plain(why.statement), REASON_LINES)]),
  ].join('\n');
}

/** How a cause was tested, or how often the detector that names it was right. */
const proofOf = (cluster: Cluster, detectors: Analysis['detectors']): string | null => {
  if (cluster.state !== 'detector') return cluster.state === null ? null : causeProof(cluster);
  const detector = detectors.find(({ id }) => id === cluster.category);
  return detector === undefined ? null : detectorProof(detector);
};

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

/** How many more there are than the list shows. */
export const hiddenCount = (clusters: readonly Cluster[], top: number): string | null =>
  clusters.length > top ? count(clusters.length - top) : null;
