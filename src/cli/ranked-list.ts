import Table from 'cli-table3';
import type { Analysis, Cluster } from '../contract/analysis.ts';
import { funnelLine } from './funnel-line.ts';
import { notes } from './notes.ts';
import { plain, shorten } from './plain.ts';
import { style } from './style.ts';

export interface RankedListOptions {
  readonly top: number;
  /** Columns of the terminal. */
  readonly width: number;
  readonly reportPath: string | null;
}

/** The ranked causes as a table people can read without a legend, the coverage funnel, and what to do next. */
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
  const first = clusters.slice(0, 3);
  const share = first.reduce((sum, cluster) => sum + cluster.share, 0);
  const what = `${failed.toLocaleString('en')} of ${eligible.toLocaleString('en')} traces failed`;
  if (first.length === 0) return style('bold', `${what}; no cause repeats often enough to name`);
  const causes = first.length === 1 ? '1 cause explains' : `${first.length} causes explain`;
  return `${style('bold', `${what}; ${causes} ${percent(share)} of it`)}`;
}

const COLUMNS = { rank: 5, share: 22, severity: 10, priority: 14, layer: 15 } as const;

function table({ clusters }: Analysis, { top, width }: RankedListOptions): string {
  const rest = Object.values(COLUMNS).reduce((sum, column) => sum + column, 0);
  const causeWidth = Math.max(30, Math.min(width, 140) - rest - 2);
  const rows = new Table({
    head: ['#', 'root cause', 'share of failures', 'severity', 'priority', 'fix in'].map((head) =>
      style('dim', head),
    ),
    colWidths: [
      COLUMNS.rank,
      causeWidth,
      COLUMNS.share,
      COLUMNS.severity,
      COLUMNS.priority,
      COLUMNS.layer,
    ],
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
  for (const cluster of clusters.slice(0, top)) rows.push(...row(cluster, causeWidth - 2));
  return rows.toString();
}

function row(cluster: Cluster, width: number): string[][] {
  const leading = cluster.rank <= 3;
  const place = `${leading ? style('yellow', '▸') : ' '}${style('bold', String(cluster.rank))}`;
  const name = style(leading ? ['bold'] : [], plain(cluster.label));
  return [
    [
      place,
      `${name}\n${style('dim', example(cluster, width))}`,
      `${bar(cluster.share)} ${percent(cluster.share)}\n${style('dim', `${percent(cluster.shareInterval[0])}–${percent(cluster.shareInterval[1])}, ${cluster.size} seen`)}`,
      severityDots(cluster.severity),
      `${style('bold', cluster.priority.toFixed(0))}\n${style('dim', topThree(cluster))}`,
      `${cluster.layer}\n`,
    ],
  ];
}

function example({ evidence }: Cluster, width: number): string {
  const first = evidence[0];
  if (first === undefined) return 'no quote';
  const field = first.path.split('/').slice(-1)[0] ?? '';
  const where = /^\d+$/.test(field) ? '' : `${field}: `;
  return shorten(`“${where}${plain(first.quote)}”`, width);
}

const topThree = ({ topThree: chance }: Cluster): string => {
  if (chance >= 0.995) return 'top 3';
  return chance < 0.005 ? '' : `${percent(chance)} top 3`;
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
  `No ${options.minClusterSize} failures are alike enough to be one cause. Try --min-cluster-size 2, or --view output.\n`;

function next({ clusters }: Analysis, { reportPath }: RankedListOptions): string[] {
  const [first] = clusters;
  return [
    ...(first === undefined
      ? []
      : [
          `next    fix cause ${style('bold', '1')} in the ${first.layer} layer; ${percent(first.share)} of failures go with it`,
        ]),
    ...(reportPath === null ? [] : [`report  ${style('cyan', reportPath)}`]),
  ];
}

const percent = (share: number): string =>
  `${(100 * share).toFixed(share < 0.0995 && share > 0 ? 1 : 0)} %`;
