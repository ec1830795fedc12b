import type { ApplicationFigures, Measured } from './applications.ts';
import { mean } from './quality-clusters.ts';

/** Applications with fewer failures of known kind do not count toward mean agreement. */
const LEAST_KNOWN = 28;
/** Share of the traces under the first cause that has to have failed for it to be claimed. */
const CLAIMED = 0.85;
const COMMAND = '`npm run bench:quality`';

/** What each figure is and how it is made. */
export function metricTable(): string {
  const check = 'check half';
  return table(
    [
      'figure',
      'population',
      'outcomes',
      'split',
      'leftovers',
      'labels',
      'counts from',
      'first causes needed',
      'command',
    ],
    [
      [
        'failed or not',
        'judged traces',
        'given; hidden',
        check,
        '–',
        'failed',
        'all',
        '–',
        COMMAND,
      ],
      [
        'agreement (AMI)',
        'failures of known kind',
        'given',
        check,
        'one group; by their parts',
        'root cause; primary',
        `${LEAST_KNOWN} such failures`,
        '–',
        COMMAND,
      ],
      [
        'named (tested)',
        'traces counted as failed',
        'given',
        check,
        'not named',
        '–',
        'all',
        '–',
        COMMAND,
      ],
      [
        'first cause',
        'judged traces that meet the condition of rank 1',
        'given; hidden',
        check,
        'never first',
        'failed',
        'all',
        '10 of 15',
        COMMAND,
      ],
      [
        'shuffled',
        'files with the outcomes dealt anew, 5 an application',
        'shuffled',
        check,
        'not named',
        '–',
        'files with a passed trace',
        '–',
        COMMAND,
      ],
      ['ms', 'all traces of the file', 'given', check, '–', '–', 'all', '–', COMMAND],
    ],
  );
}

export const detectionTable = (all: readonly ApplicationFigures[]): string =>
  table(
    ['application', 'traces', 'failed', 'given: P, R', 'hidden: P, R', 'suspects (hidden)'],
    [...groups(all), ...all.map((each) => ({ name: each.name, of: [each] }))].map(
      ({ name, of }) => [
        name,
        ...[sum(of, (x) => x.traces), sum(of, (x) => x.failures)].map(String),
        rates(of.map(({ given }) => given)),
        rates(of.map(({ hidden }) => hidden)),
        String(sum(of, ({ hidden }) => hidden.suspects)),
      ],
    ),
  );

export function causesTable(all: readonly ApplicationFigures[]): string {
  const many = all.filter(({ known }) => known >= LEAST_KNOWN);
  const meanOf = (of: (each: ApplicationFigures) => number | null): string =>
    shown(mean(many.map(of)), 3);
  return `${table(
    ['application', 'of known kind', 'one rest', 'parts', '±', 'primary', ...BASELINES.head],
    [
      ...all.map((each) => [
        each.name,
        String(each.known),
        shown(each.given.oneRest, 3),
        shown(each.given.parts, 3),
        `${shown(each.given.spread)}, ${shown(each.bySeed, 3)}`,
        shown(each.given.primary, 3),
        ...BASELINES.of.map((of) => shown(of(each))),
      ]),
      [
        `mean of ${many.length}`,
        '',
        meanOf(({ given }) => given.oneRest),
        meanOf(({ given }) => given.parts),
        '',
        meanOf(({ given }) => given.primary),
        ...BASELINES.of.map((of) => shown(mean(many.map(of)))),
      ],
    ],
  )}\n\n${aheadLine(many)}`;
}

/** Agreement with the root cause of each baseline, and with the primary kind of the best. */
const BASELINES = {
  head: ['TF-IDF', 'manual pipeline', 'step signature', 'best of them, primary'],
  of: [
    ({ baselines }: ApplicationFigures) => baselines.tfidf?.rootCause ?? null,
    ({ baselines }: ApplicationFigures) => baselines.manual?.rootCause ?? null,
    ({ baselines }: ApplicationFigures) => baselines.signature?.rootCause ?? null,
    ({ baselines: { tfidf, manual, signature } }: ApplicationFigures) =>
      mostOf([tfidf, manual, signature].map((each) => each?.primary ?? null)),
  ],
};

/** How the means compare, and where a baseline is ahead by more than the interval of 95%. */
function aheadLine(many: readonly ApplicationFigures[]): string {
  const means = BASELINES.of.slice(0, 3).map((of) => mean(many.map(of)) ?? 0);
  const own = mean(many.map(({ given }) => given.parts)) ?? 0;
  const ahead = many.filter((each) => {
    const best = mostOf(BASELINES.of.slice(0, 3).map((of) => of(each)));
    const { parts, spread } = each.given;
    return best !== null && parts !== null && best > parts + 1.96 * (spread ?? 0);
  });
  return (
    `The mean by parts is ${(own / Math.max(...means)).toFixed(1)} times that of the best baseline. ` +
    `A baseline is ahead by more than the interval on ${ahead.length === 0 ? 'no application' : ahead.map(({ name }) => name).join(', ')}.`
  );
}

export function namedTable(all: readonly ApplicationFigures[]): string {
  const lines = [...groups(all), ...all.map((each) => ({ name: each.name, of: [each] }))];
  return table(
    ['application', 'failed', 'named', 'tested', 'shuffled: files, with a tested cause', 'ms'],
    lines.map(({ name, of }) => {
      const given = of.map((each) => each.given);
      const counted = Math.max(
        1,
        sum(given, (each) => each.counted),
      );
      const traces = sum(of, (each) => each.traces);
      return [
        name,
        String(sum(given, (each) => each.counted)),
        shown(sum(given, (each) => each.named) / counted),
        shown(sum(given, (each) => each.tested) / counted),
        `${sum(of, ({ shuffled }) => shuffled.files)}, ${sum(of, ({ shuffled }) => shuffled.tested)}`,
        shown(sum(of, (each) => each.given.cost * each.traces) / traces),
      ];
    }),
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

/** All applications, and those that nobody saw while detectors were written. */
const groups = (all: readonly ApplicationFigures[]) => [
  { name: '**all**', of: all },
  { name: '**unseen**', of: all.filter(({ isFresh }) => isFresh) },
];

function rates(all: readonly Measured[]): string {
  const hits = sum(all, (each) => each.hits);
  const said = hits + sum(all, (each) => each.falseAlarms);
  const failed = hits + sum(all, (each) => each.misses);
  return `${shown(said === 0 ? null : hits / said)}, ${shown(failed === 0 ? null : hits / failed)}`;
}

function mostOf(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : Math.max(...there);
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

const shown = (value: number | null, digits = 2): string =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(digits);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
