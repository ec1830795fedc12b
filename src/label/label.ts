import type { Category } from '../contract/category.ts';
import type { Check } from '../contract/check.ts';
import type { Failure } from '../contract/failure.ts';
import type { Grouping, GroupingLevel, PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Progress } from '../contract/progress.ts';
import type { Evidence, Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { reasons } from './contrast/reasons.ts';
import type { Run } from './contrast/run.ts';
import { mostFrequent } from './most-frequent.ts';
import { rowsRead } from './rows-read.ts';
import { starterTaxonomy, taxonomyWith, UNEXPLAINED } from './taxonomy.ts';
import { corpusOf } from './title/corpus.ts';
import { countTerms, type DistinctiveTerm, distinctiveTerms } from './title/distinctive-terms.ts';
import { nameOf, tellApart } from './title/name-of.ts';
import { sharedByTenants } from './title/tenants-of-terms.ts';

export interface LabelInput {
  readonly failures: readonly Failure[];
  readonly grouping: Grouping;
  /** Traces nobody objects to, for contrast. */
  readonly passing: readonly Trace[];
  /** Default: the starter taxonomy. */
  readonly categories?: readonly Category[];
  readonly progress?: Progress;
}

const EXEMPLARS = 8;
const EVIDENCE = 8;
const TERMS = 8;
/** A term stands in a title when this share of the members has it. */
const TITLE_SHARE = 0.2;
/** Passing traces compared with; the sample comes in seeded order. */
const PASSING = 500;

/** The categories detectors and checks name, and `unexplained`. */
export const taxonomy = (checks: readonly Check[] = []): readonly Category[] =>
  taxonomyWith(checks);

/** The category a failure is filed under: that of its first cause, else `unexplained`. */
export const categoryOf = (failure: Failure): string =>
  failure.signals.find(({ category }) => category !== null)?.category ?? UNEXPLAINED;

/** What groups failures by cause: category and fingerprint of the first cause, '' when no detector names one. */
export function causeKey(failure: Failure): string {
  const cause = failure.signals.find(({ category }) => category !== null);
  if (cause === undefined) return '';
  const [detector, ...parts] = cause.fingerprint.split('|');
  return [cause.category, ...(detector === cause.category ? [] : [detector]), ...parts].join('|');
}

/** A proposed root cause for each cluster of any level, from evidence alone: no model is asked. */
export function label({
  failures,
  grouping,
  passing,
  categories = starterTaxonomy,
  progress,
}: LabelInput): ClusterLabel[] {
  const total = grouping.clusters.length;
  progress?.('label', 0, total);
  const compared = passing.slice(0, PASSING);
  const { rows, ofCluster } = rowsRead(grouping, failures.length);
  const traces = [...rows.map((row) => failures[row]!.trace), ...compared];
  const { documents, runs } = corpusOf(traces);
  const all = countTerms(documents);
  const shared = sharedByTenants(
    documents,
    traces.map(({ tenant }) => tenant),
  );
  const titleTerms: DistinctiveTerm[][] = [];
  const labels = grouping.clusters.map((cluster, index) => {
    const read = ofCluster[index]!;
    const inside = countTerms(read.map((place) => documents[place]!));
    const enough = TITLE_SHARE * read.length;
    const terms = distinctiveTerms(inside, all, TERMS);
    const forTitle = terms.filter(({ term }) => shared(term) && inside.counts.get(term)! >= enough);
    titleTerms.push(forTitle);
    const labelled = labelOne({
      cluster,
      failures,
      runs: read.map((place) => runs[place]!),
      passing: runs.slice(rows.length),
      terms,
      titleTerms: forTitle,
      categories,
    });
    progress?.('label', index + 1, total);
    return labelled;
  });
  const names = namesByLevel(labels, titleTerms, grouping);
  return labels.map((each, index) => ({ ...each, label: names[index]! }));
}

/** Names are told apart within their level; a cluster of several levels keeps the name it has at `medium`, else at the first. */
function namesByLevel(
  labels: readonly ClusterLabel[],
  titleTerms: readonly (readonly DistinctiveTerm[])[],
  { levels }: Grouping,
): string[] {
  const names: string[] = [];
  for (const { clusters } of levels.toSorted(mediumFirst)) {
    const apart = tellApart(
      clusters.map(({ cluster }) => labels[cluster]!.label),
      clusters.map(({ cluster }) => titleTerms[cluster]!),
    );
    for (const [position, { cluster }] of clusters.entries()) names[cluster] ??= apart[position]!;
  }
  return names;
}

const mediumFirst = (a: GroupingLevel, b: GroupingLevel): number =>
  Number(b.granularity === 'medium') - Number(a.granularity === 'medium');

interface ClusterInput {
  readonly cluster: PointCluster;
  readonly failures: readonly Failure[];
  readonly runs: readonly Run[];
  readonly passing: readonly Run[];
  readonly terms: readonly DistinctiveTerm[];
  /** Those that may stand in a title. */
  readonly titleTerms: readonly DistinctiveTerm[];
  readonly categories: readonly Category[];
}

function labelOne(input: ClusterInput): ClusterLabel {
  const { cluster, failures, runs, passing, terms, titleTerms, categories } = input;
  const members = cluster.members.map((row) => failures[row]!);
  const memberCategories = members.map(categoryOf);
  const category = mostFrequent(memberCategories)?.value ?? UNEXPLAINED;
  const causes = members.map((failure) => causeIn(failure, category));
  const shared = mostFrequent(causes.map((cause) => cause?.fingerprint ?? ''));
  const fingerprint =
    shared !== null && shared.value !== '' && shared.count * 2 >= members.length
      ? shared.value
      : null;
  const exemplars = exemplarsOf(cluster, causes, fingerprint);
  return {
    label: nameOf({
      categories: memberCategories,
      summaries: causes.map((cause) => cause?.summary ?? ''),
      terms: titleTerms,
      tools: toolsOf(members, runs),
      taxonomy: categories,
    }),
    category,
    layer: categories.find(({ id }) => id === category)?.layer ?? 'prompt',
    fingerprint,
    because: reasons({ members, causes, fingerprint, runs, passing }),
    terms,
    exemplars,
    evidence: evidenceOf(exemplars, failures, category),
  };
}

const toolsOf = (members: readonly Failure[], runs: readonly Run[]): ReadonlySet<string> =>
  new Set([
    ...members.flatMap(({ trace }) => trace.tools.map(({ name }) => name)),
    ...runs.flatMap(({ steps }) => steps.map(({ tool }) => tool)),
  ]);

const causeIn = (failure: Failure, category: string): Signal | null =>
  failure.signals.find((signal) => signal.category === category) ?? failure.signals[0] ?? null;

/** Nearest the centre, those with the shared fingerprint first. */
function exemplarsOf(
  cluster: PointCluster,
  causes: readonly (Signal | null)[],
  fingerprint: string | null,
): number[] {
  const typical = cluster.members.filter((_, index) => causes[index]?.fingerprint === fingerprint);
  const rest = cluster.members.filter((_, index) => causes[index]?.fingerprint !== fingerprint);
  return [...typical, ...rest].slice(0, EXEMPLARS);
}

function evidenceOf(
  exemplars: readonly number[],
  failures: readonly Failure[],
  category: string,
): (Evidence & { traceId: string })[] {
  return exemplars
    .flatMap((row) => {
      const failure = failures[row]!;
      const first = causeIn(failure, category)?.evidence[0];
      return first === undefined ? [] : [{ ...first, traceId: failure.trace.id }];
    })
    .slice(0, EVIDENCE);
}
