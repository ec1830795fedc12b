/**
 * Facts and causes on the labelled collections, each half of a collection read as one file: failed or not without
 * outcomes; agreement of causes with the truth; share of failures under a cause; the first cause.
 *
 *     node bench/causes.ts [--half check] [--only bfcl] [--titles] [--shuffle 10] [--baselines]
 */
import { parseArgs } from 'node:util';
import { type Collection, readCollections } from './causes-data.ts';
import { type Figures, failedShare, falseDiscoveries, measure, titleOf } from './causes-measure.ts';
import type { Half } from './split.ts';

const { values: flags } = parseArgs({
  options: {
    open: { type: 'string', default: '../shared/bench/open' },
    fresh: { type: 'string', default: '../shared/bench/fresh' },
    signals: { type: 'string', default: '../shared/bench/signals' },
    half: { type: 'string', multiple: true, default: ['train', 'check'] },
    only: { type: 'string', multiple: true },
    titles: { type: 'boolean', default: false },
    shuffle: { type: 'string' },
    baselines: { type: 'boolean', default: false },
  },
});

/** Collections with 28 failures of known kind or more. */
const LEAST_KNOWN = 28;

/** The baselines need the whole pipeline, so they are loaded only where they are asked for. */
const baselines = flags.baselines ? await import('./causes-baselines.ts') : null;

const collections = await readCollections({
  open: flags.open,
  fresh: flags.fresh,
  signals: flags.signals,
  halves: flags.half as Half[],
  only: flags.only ?? null,
});
for (const half of flags.half as Half[]) {
  const of = collections.filter((each) => each.half === half);
  if (flags.shuffle === undefined) {
    printDetection(half, of);
    printCauses(half, of.map(measure));
  } else printFalseDiscoveries(half, of, Number(flags.shuffle));
}

/** Failed or not without outcomes: by signals of detectors, by facts, by either. */
function printDetection(half: Half, of: readonly Collection[]): void {
  const lines: (readonly [string, readonly Collection[]])[] = [
    ...of.map((each) => [each.name, [each]] as const),
    ['open', of.filter(({ bench }) => bench === 'open')],
    ['fresh', of.filter(({ bench }) => bench === 'fresh')],
    ['all', of],
  ];
  printTable(
    `${half}: failed or not without outcomes, precision and recall`,
    ['collection', 'signals', 'facts', 'either'],
    lines.map(([name, each]) => [
      name,
      rates(each, (collection, row) => collection.signalled[row]!),
      rates(each, (collection, row) => collection.failing[row]!.length > 0),
      rates(each, (c, row) => c.signalled[row]! || c.failing[row]!.length > 0),
    ]),
  );
}

/** Precision and recall among the traces that somebody judged. */
function rates(
  of: readonly Collection[],
  said: (collection: Collection, row: number) => boolean,
): string {
  let hits = 0;
  let yes = 0;
  let failures = 0;
  for (const collection of of) {
    for (const [row, { failed, reviewed }] of collection.rows.entries()) {
      if (!reviewed) continue;
      if (failed) failures++;
      if (!said(collection, row)) continue;
      yes++;
      if (failed) hits++;
    }
  }
  return `${shown(yes === 0 ? null : hits / yes)} ${shown(failures === 0 ? null : hits / failures)}`;
}

function printCauses(half: Half, all: readonly Figures[]): void {
  const figures = all.map((each) => ({
    each,
    plain: baselines?.tfidfAgreement(each.collection) ?? null,
  }));
  const many = figures.filter(
    ({ each }) => each.known >= LEAST_KNOWN && each.rootCause.groups !== null,
  );
  const meanOf = (value: (each: Figures) => number | null): string =>
    shown(mean(many.map(({ each }) => value(each))), 3);
  printTable(
    `${half}: causes with outcomes, adjusted mutual information with the truth`,
    [
      'collection',
      'known',
      'groups',
      'named, one rest',
      'named, subgroups',
      '±',
      'primary',
      'no outcomes',
      'TF-IDF',
      'named (tested)',
      'ms',
    ],
    [
      ...figures.map(({ each, plain }) => [
        each.collection.name,
        String(each.known),
        shown(each.rootCause.groups, 3),
        shown(each.rootCause.oneRest, 3),
        shown(each.rootCause.subgroups, 3),
        shown(each.rootCause.spread),
        shown(each.primary.subgroups, 3),
        shown(each.withoutOutcomes, 3),
        shown(plain, 3),
        `${shown(each.named)} (${shown(each.tested)})`,
        shown(each.collection.cost + each.cost),
      ]),
      [
        `mean of ${many.length}`,
        '',
        meanOf((each) => each.rootCause.groups),
        meanOf((each) => each.rootCause.oneRest),
        meanOf((each) => each.rootCause.subgroups),
        '',
        meanOf((each) => each.primary.subgroups),
        meanOf((each) => each.withoutOutcomes),
        shown(mean(many.map(({ plain }) => plain)), 3),
        `${shareNamed(all)}; fresh ${shareNamed(all.filter(({ collection }) => collection.bench === 'fresh'))}`,
        '',
      ],
    ],
  );
  printTable(
    `${half}: first cause, claimed on ${all.filter(({ first }) => first !== null).length} of ${all.length}`,
    ['collection', 'failed', 'of', 'tested', 'returns', 'title'],
    all.map(({ collection, first }) =>
      first === null
        ? [collection.name, '–', '', '', '', 'none is claimed']
        : [
            collection.name,
            shown(failedShare(first)),
            String(first.failed + first.passed),
            first.tested ? 'yes' : `no, ${first.toSettle ?? '–'} would`,
            shown(first.returns),
            titleOf(first),
          ],
    ),
  );
  printTable(
    `${half}: first cause without outcomes`,
    ['collection', 'failed', 'of', 'title'],
    all.map(({ collection, firstBlind }) =>
      firstBlind === null
        ? [collection.name, '–', '', 'none']
        : [
            collection.name,
            shown(firstBlind.failed / firstBlind.of),
            String(firstBlind.of),
            titleOf(firstBlind.cause),
          ],
    ),
  );
  if (!flags.titles) return;
  for (const { collection, found } of all) {
    printTable(
      `${half}: causes of ${collection.name}`,
      ['failed', 'passed', 'members', 'tested', 'title'],
      found.causes.map((cause) => [
        ...[cause.failed, cause.passed, cause.members.length].map(String),
        cause.tested ? 'yes' : 'no',
        titleOf(cause),
      ]),
    );
  }
}

/** Share of all failures under a named cause, and under one that passed the test. */
function shareNamed(all: readonly Figures[]): string {
  const failures = all.reduce((sum, each) => sum + each.failures, 0);
  const share = (of: (each: Figures) => number): number =>
    all.reduce((sum, each) => sum + of(each) * each.failures, 0) / failures;
  return `${shown(share(({ named }) => named))} (${shown(share(({ tested }) => tested))})`;
}

function printFalseDiscoveries(half: Half, of: readonly Collection[], times: number): void {
  const small = of.filter(({ rows }) => rows.some((row) => !row.failed));
  const found = small.map((each) => falseDiscoveries(each, times));
  printTable(
    `${half}: causes in files whose outcomes were shuffled`,
    ['collection', 'files', 'with a tested cause', 'untested causes a file'],
    small.map(({ name }, at) => [
      name,
      String(found[at]!.files),
      String(found[at]!.tested),
      shown(found[at]!.untested / times),
    ]),
  );
}

/** Mean of what is there; null when nothing is. */
function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
}

function shown(value: number | null, digits = 2): string {
  return value === null || Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function printTable(
  title: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
): void {
  console.log(`\n${title}\n`);
  for (const cells of [head, head.map(() => '---'), ...lines])
    console.log(`| ${cells.join(' | ')} |`);
}
