import { resolveOptions } from '../src/contract/options.ts';
import { count } from '../src/text/format.ts';
import {
  categories,
  countEvidence,
  type DetectedTrace,
  firstCategory,
  type Tally,
  tallyFailed,
  tallyLabel,
  truth,
} from './detection.ts';
import { type Agreement, classes, mean, type SourceFailures } from './quality-clusters.ts';
import type { ManualFigures } from './quality-manual.ts';

/** Agreements of one method on one view, one row per source. */
export interface MethodFigures {
  readonly method: string;
  readonly view: string;
  readonly sources: readonly Agreement[];
}

/** Failure detection by source. */
export function failedTable(rows: readonly DetectedTrace[]): string {
  const lines = bySourceName(rows).map(([source, of]) => [source, ...tallyCells(tallyFailed(of))]);
  return table(
    ['collection', ...TALLY_HEAD],
    [...lines, ['all', ...tallyCells(tallyFailed(rows))]],
  );
}

/** Every label of the truth, by source and over all sources that have it. */
export function labelTable(rows: readonly DetectedTrace[]): string {
  const known = [...new Set(rows.flatMap(truth))].sort();
  const lines = known.flatMap((label) => {
    const sources = bySourceName(rows).filter(([, of]) =>
      of.some((row) => truth(row).includes(label)),
    );
    const all = sources.flatMap(([, of]) => of);
    const each = sources.map(([source, of]) => [source, ...tallyCells(tallyLabel(of, label))]);
    const whole = each.length > 1 ? [['all of these', ...tallyCells(tallyLabel(all, label))]] : [];
    return [...each, ...whole].map((cells, place) => [place === 0 ? `\`${label}\`` : '', ...cells]);
  });
  return table(['label', 'collection', ...TALLY_HEAD], lines);
}

/** Causes found in collections whose truth does not have that label. */
export function beyondTable(rows: readonly DetectedTrace[]): string {
  const found = bySourceName(rows).flatMap(([, of]) => {
    const known = new Set(of.flatMap(truth));
    return of.flatMap((row) =>
      [...new Set(categories(row))]
        .filter((label) => !known.has(label))
        .map((label) => ({ label, failed: row.failed })),
    );
  });
  const lines = [...Map.groupBy(found, ({ label }) => label)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, of]) => [
      label === 'uncategorized' ? 'failed, no cause named' : `\`${label}\``,
      count(of.length),
      count(of.filter(({ failed }) => failed).length),
    ]);
  return table(['found', 'traces', 'of them failed'], lines);
}

/** The assigned category of traces by true label. */
export function confusionTable(rows: readonly DetectedTrace[]): string {
  const named = [...new Set(rows.flatMap(truth))].sort();
  const groups = [
    ...named.map((label) => ({
      name: `\`${label}\``,
      of: rows.filter((row) => truth(row).includes(label)),
    })),
    {
      name: 'failed, kind without a label',
      of: rows.filter((row) => row.failed && truth(row).length === 0),
    },
    { name: 'not failed', of: rows.filter((row) => !row.failed) },
  ];
  const lines = groups.map(({ name, of }) => {
    const counts = Map.groupBy(of, filedUnder);
    const cells = [...counts]
      .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
      .map(([label, members]) => `${label} ${count(members.length)}`);
    return [name, count(of.length), cells.join(', ')];
  });
  return table(['truth', 'traces', 'filed under'], lines);
}

function filedUnder(row: DetectedTrace): string {
  if (row.yes.length === 0) return '*no signal*';
  const category = firstCategory(row);
  return category === null ? '*failed, no cause*' : `\`${category}\``;
}

/** Means over the sources, the best view of each method in bold. */
export function meansTable(figures: readonly MethodFigures[]): string {
  const lines = figures.map(({ method, view, sources }, place) => [
    method === figures[place - 1]?.method ? '' : method,
    view,
    ...TRUTHS.map((kind) => {
      const value = meanOf(sources, kind);
      const isBest = bestOf(figures, method, kind).view === view;
      return isBest ? `**${rate(value)}**` : rate(value);
    }),
  ]);
  return table(['method', 'view', '`primary`', '`root_cause`'], lines);
}

/** Every source: Culprit at its default view, the baselines at the view with their best mean. */
export function sourcesTable(
  sources: readonly SourceFailures[],
  figures: readonly MethodFigures[],
  kind: 'primary' | 'rootCause',
): string {
  const best = [...new Set(figures.map(({ method }) => method))].map((method) =>
    method === 'Culprit'
      ? figureOf(figures, method, resolveOptions({ all: true }).view)
      : bestOf(figures, method, kind),
  );
  const lines = sources
    .filter(({ failures }) => classes(failures, kind) > 1)
    .map(({ source, failures }) => [
      source,
      count(failures.length),
      count(classes(failures, kind)),
      ...best.map((each) => rate(each.sources.find((of) => of.source === source)?.[kind] ?? null)),
    ]);
  const head = best.map(({ method, view }) => `${method}, ${view}`);
  const means = ['mean', '', '', ...best.map((each) => rate(meanOf(each.sources, kind)))];
  return table(['collection', 'failures', 'classes', ...head], [...lines, means]);
}

function figureOf(figures: readonly MethodFigures[], method: string, view: string): MethodFigures {
  const found = figures.find((each) => each.method === method && each.view === view);
  if (found === undefined) throw new Error(`no figures of ${method}, ${view}`);
  return found;
}

/** The best view of a method by its mean. */
function bestOf(
  figures: readonly MethodFigures[],
  method: string,
  kind: 'primary' | 'rootCause',
): MethodFigures {
  const [best] = figures
    .filter((each) => each.method === method)
    .toSorted((a, b) => (meanOf(b.sources, kind) ?? 0) - (meanOf(a.sources, kind) ?? 0));
  if (best === undefined) throw new Error(`no figures of ${method}`);
  return best;
}

const meanOf = (sources: readonly Agreement[], kind: 'primary' | 'rootCause'): number | null =>
  mean(sources.map((source) => source[kind]));

export function manualLine(manual: ManualFigures | null): string {
  if (manual === null) return 'The Python pipeline has no figures for these texts.';
  const versions = Object.entries(manual.versions).map(([name, version]) => `${name} ${version}`);
  return `The Python pipeline last ran on ${manual.made} with ${versions.join(', ')}; mean of three seeds.`;
}

export function evidenceLine(rows: readonly DetectedTrace[]): string {
  const { claims, holding, signals, backed } = countEvidence(rows);
  return (
    `${count(backed)} of ${count(signals)} signals (${share(backed, signals)}) quote evidence that is entirely verbatim in the trace; ` +
    `${count(holding)} of ${count(claims)} quotes are verbatim. Counted before the product drops claims whose quote is not in the trace.`
  );
}

/** The data, one row per source: traces and failures of both halves. */
export function dataTable(rows: readonly DetectedTrace[], half: DetectedTrace['half']): string {
  const lines = bySourceName(rows).map(([source, of]) => cells(source, of));
  return table(
    ['collection', 'traces', 'failed', 'traces of the check half', 'failed'],
    [...lines, cells('all', rows)],
  );
  function cells(name: string, of: readonly DetectedTrace[]): string[] {
    const check = of.filter((row) => row.half === half);
    return [
      name,
      ...[of, check]
        .flatMap((each) => [each.length, each.filter((row) => row.failed).length])
        .map((value) => count(value)),
    ];
  }
}

const TRUTHS = ['primary', 'rootCause'] as const;
const TALLY_HEAD = ['true', 'found', 'hits', 'precision', 'recall', 'F1'];

const tallyCells = (tally: Tally): string[] => [
  ...[tally.truth, tally.yes, tally.hit].map((value) => count(value)),
  ...[tally.precision, tally.recall, tally.f1].map(rate),
];

const bySourceName = (rows: readonly DetectedTrace[]): [string, DetectedTrace[]][] =>
  [...Map.groupBy(rows, (row) => row.source)].sort(([a], [b]) => (a < b ? -1 : 1));

const rate = (value: number | null): string =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(2);

const share = (part: number, whole: number): string =>
  part === whole ? '100%' : `${Math.min(99.9, (100 * part) / whole).toFixed(1)}%`;

/** A Markdown table; cells must not contain `|`. */
const table = (head: readonly string[], lines: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
