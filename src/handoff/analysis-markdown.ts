import type { Analysis } from '../contract/analysis.ts';
import type { Cluster } from '../contract/cluster.ts';
import { count, percent, twoDigits } from '../text/format.ts';
import { statementText } from '../text/statement.ts';
import { cell } from './cell.ts';

/** Causes that are listed. */
const SHOWN = 20;

/** Headline and causes of an analysis as Markdown, for a pull request or a chat. */
export function markdownOfAnalysis({ headline, clusters, formula, options }: Analysis): string {
  const { fix, change, coverage } = headline;
  const [first, ...lines] = [fix, change, coverage].filter((line) => line !== null);
  const ranked = clusters.filter(({ rank }) => rank !== null);
  const others = clusters.filter(({ rank }) => rank === null);
  const shown = [...ranked, ...others].slice(0, SHOWN);
  const more = clusters.length - shown.length;
  return `${[
    ...(first === undefined ? [] : [`**${cell(statementText(first), 2_000)}.**`, '']),
    ...lines.flatMap((line) => [`${cell(statementText(line), 2_000)}.`, '']),
    ...(shown.length === 0 ? [] : [...tableOf(shown, options.all), '']),
    ...(more > 0 ? [`${count(more)} more.`, ''] : []),
    ...(ranked.length > 0 ? [`Ranked by ${cell(formula)}.`, ''] : []),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

const tableOf = (clusters: readonly Cluster[], isAll: boolean): readonly string[] => [
  `| | ${isAll ? 'group' : 'root cause'} | share | per 1,000 traces | severity | layer |`,
  '| --: | --- | --: | --: | --: | --- |',
  ...clusters.map(
    ({ rank, title, share, ratePerThousand, rateInterval: [low, high], severity, layer }) =>
      `| ${[
        rank ?? '',
        cell(title),
        percent(share),
        `${twoDigits(ratePerThousand)} (${twoDigits(low)}–${twoDigits(high)})`,
        severity ?? '–',
        cell(layer),
      ].join(' | ')} |`,
  ),
];
