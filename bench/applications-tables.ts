import type { ApplicationFigures, Measured } from './applications.ts';
import { mean } from './quality-clusters.ts';

/** Applications with fewer failures of known kind do not count toward mean agreement. */
const LEAST_KNOWN = 28;
/** Share of the traces under the first cause that has to have failed for it to be claimed. */
const CLAIMED = 0.85;

/** What each figure is and how it is made. */
export const metricTable = (): string =>
  table(
    ['figure', 'population', 'outcomes', 'leftovers', 'labels', 'counts from'],
    [
      ['failed or not', 'judged traces of the check half', 'given; hidden', '–', 'failed', 'all'],
      [
        'agreement (AMI)',
        'failures of known kind',
        'given',
        'one group; by their parts',
        'root cause',
        `${LEAST_KNOWN} such failures`,
      ],
      ['named, tested', 'traces counted as failed', 'given', 'not named', '–', 'all'],
      [
        'first cause',
        'traces that meet the condition of rank 1',
        'given; hidden',
        'never first',
        'failed',
        'all',
      ],
    ],
  );

export const detectionTable = (all: readonly ApplicationFigures[]): string =>
  table(
    ['application', 'traces', 'failed', 'given: P, R', 'hidden: P, R', 'suspects (hidden)'],
    [...all, null].map((each) => {
      const of = each === null ? all : [each];
      return [
        each?.name ?? 'all',
        ...[sum(of, (x) => x.traces), sum(of, (x) => x.failures)].map(String),
        rates(of.map(({ given }) => given)),
        rates(of.map(({ hidden }) => hidden)),
        String(sum(of, ({ hidden }) => hidden.suspects)),
      ];
    }),
  );

export function causesTable(all: readonly ApplicationFigures[]): string {
  const many = all.filter(({ known }) => known >= LEAST_KNOWN);
  const meanOf = (of: (each: Measured) => number | null): string =>
    shown(mean(many.map(({ given }) => of(given))), 3);
  return table(
    ['application', 'failures of known kind', 'AMI, one rest', 'AMI, parts', 'named (tested)'],
    [
      ...all.map(({ name, known, given }) => [
        name,
        String(known),
        shown(given.oneRest, 3),
        shown(given.parts, 3),
        named([given]),
      ]),
      [
        `mean of ${many.length}; all`,
        '',
        meanOf(({ oneRest }) => oneRest),
        meanOf(({ parts }) => parts),
        named(all.map(({ given }) => given)),
      ],
    ],
  );
}

export function firstCauseTable(
  all: readonly ApplicationFigures[],
  outcomes: 'given' | 'hidden',
): string {
  const rows = all.map((each) => ({ name: each.name, first: each[outcomes].first }));
  const claimed = rows.filter(({ first }) => first !== null && first.failed >= CLAIMED * first.met);
  return `${table(
    ['application', 'failed of those that meet it', 'state', 'first cause'],
    rows.map(({ name, first }) =>
      first === null
        ? [name, '–', '', 'none is claimed']
        : [
            name,
            `${first.failed} of ${first.met}`,
            first.cluster.state ?? '',
            first.cluster.title.replaceAll('|', '\\|'),
          ],
    ),
  )}\n\n${claimed.length} of ${all.length} applications have a first cause of which at least 85% failed.`;
}

function rates(all: readonly Measured[]): string {
  const hits = sum(all, (each) => each.hits);
  const said = hits + sum(all, (each) => each.falseAlarms);
  const failed = hits + sum(all, (each) => each.misses);
  return `${shown(said === 0 ? null : hits / said)}, ${shown(failed === 0 ? null : hits / failed)}`;
}

function named(all: readonly Measured[]): string {
  const counted = Math.max(
    1,
    sum(all, (each) => each.counted),
  );
  const share = (of: (each: Measured) => number): string => shown(sum(all, of) / counted);
  return `${share((each) => each.named)} (${share((each) => each.tested)})`;
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const shown = (value: number | null, digits = 2): string =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(digits);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
