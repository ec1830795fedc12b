import type { Category } from '../contract/category.ts';
import type { Failure } from '../contract/failure.ts';
import type { Grouping, GroupingLevel, PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Progress } from '../contract/progress.ts';
import type { Trace } from '../contract/trace.ts';
import { counterpartsOf } from './contrast/counterparts.ts';
import { whoDiffers } from './contrast/who-differs.ts';
import { type LabelDraft, labelCluster } from './label-cluster.ts';
import { selectRows } from './select-rows.ts';
import { corpusOf } from './title/corpus.ts';
import { countTerms, type DistinctiveTerm, distinctiveTerms } from './title/distinctive-terms.ts';
import { sharedByTenants } from './title/tenants-of-terms.ts';
import { titleText } from './title/title.ts';
import { disambiguate } from './title/title-of.ts';
import { QuestionCoverage } from './why/question-coverage.ts';
import { whyHere } from './why/why.ts';

export interface LabelInput {
  readonly failures: readonly Failure[];
  readonly grouping: Pick<Grouping, 'clusters' | 'levels'>;
  /** Traces without a signal, to contrast with. */
  readonly passing: readonly Trace[];
  /** The taxonomy. */
  readonly categories: readonly Category[];
  /** The clusters are of all traces, failed or not: no reason and no layer is proposed. Default false. */
  readonly all?: boolean;
  readonly progress?: Progress;
}

const TERMS = 8;
/** A title may use a term that at least this share of the members has. */
const TITLE_SHARE = 0.2;
/** Maximum passing traces to compare with; the sample comes in seeded order. */
const PASSING = 500;

/** Proposes a root cause for each cluster of every level, from evidence alone, without a model. */
export function label({
  failures,
  grouping,
  passing,
  categories,
  all: isOfAll = false,
  progress,
}: LabelInput): ReadonlyMap<PointCluster, ClusterLabel> {
  const total = grouping.clusters.length;
  progress?.('label', 0, total);
  const compared = passing.slice(0, PASSING);
  const { rows, ofCluster } = selectRows(grouping, failures.length);
  const traces = [...rows.map((row) => failures[row]!.trace), ...compared];
  const { documents, runs } = corpusOf(traces);
  const all = countTerms(documents);
  const shared = sharedByTenants(
    documents,
    traces.map(({ tenant }) => tenant),
  );
  const passingRuns = runs.slice(rows.length);
  const placeOf = new Map(rows.map((row, place) => [row, place]));
  const rowOf = new Map(failures.map(({ trace }, row) => [trace.id, row]));
  const coverage = new QuestionCoverage();
  const drafts = new Map<PointCluster, Draft>();
  for (const [index, cluster] of grouping.clusters.entries()) {
    const read = ofCluster[index]!;
    const inside = countTerms(read.map((place) => documents[place]!));
    const enough = TITLE_SHARE * read.length;
    const terms = distinctiveTerms(inside, all, TERMS);
    const titleTerms = terms.filter(
      ({ term }) => shared(term) && inside.counts.get(term)! >= enough,
    );
    const draft = labelCluster({
      cluster,
      failures,
      runs: read.map((place) => runs[place]!),
      passing: passingRuns,
      terms,
      titleTerms,
      categories,
    });
    const members = cluster.members.map((row) => failures[row]!);
    const found = isOfAll
      ? NO_ADVICE
      : whyHere({ category: draft.category, members, passing: compared, coverage });
    const exemplars = draft.exemplars.flatMap((id) => {
      const run = runs[placeOf.get(rowOf.get(id) ?? -1) ?? -1];
      return run === undefined ? [] : [{ id, run }];
    });
    const counterparts = counterpartsOf(exemplars, compared, passingRuns);
    const traces = members.map(({ trace }) => trace);
    const reasons = [...draft.reasons, ...whoDiffers(traces, compared)];
    drafts.set(cluster, { label: { ...draft, ...found, reasons, counterparts }, titleTerms });
    progress?.('label', index + 1, total);
  }
  return withDistinctTitles(drafts, grouping.levels);
}

const NO_ADVICE = { why: [], layer: 'unknown', usualLayer: 'unknown' } as const;

interface Draft {
  readonly label: LabelDraft & Pick<ClusterLabel, 'counterparts'>;
  readonly titleTerms: readonly DistinctiveTerm[];
}

/**
 * Disambiguates equal titles within a level. A cluster of several levels keeps the title that it has
 * at `medium`, or else at the first level.
 */
function withDistinctTitles(
  drafts: ReadonlyMap<PointCluster, Draft>,
  levels: readonly GroupingLevel[],
): ReadonlyMap<PointCluster, ClusterLabel> {
  const titles = new Map<PointCluster, string>();
  for (const { clusters } of levels.toSorted(mediumFirst)) {
    const atLevel = clusters.flatMap(({ cluster }) => {
      const draft = drafts.get(cluster);
      return draft === undefined ? [] : [{ cluster, ...draft }];
    });
    const distinct = disambiguate(
      atLevel.map((draft) => draft.label.title),
      atLevel.map(({ cluster, titleTerms }) => (cluster.cause === null ? titleTerms : [])),
    );
    for (const [position, { cluster, label: own }] of atLevel.entries())
      if (!titles.has(cluster)) titles.set(cluster, distinct[position] ?? titleText(own.title));
  }
  return new Map(
    [...drafts].map(([cluster, { label: own }]) => [
      cluster,
      { ...own, title: titles.get(cluster) ?? titleText(own.title) },
    ]),
  );
}

const mediumFirst = (a: GroupingLevel, b: GroupingLevel): number =>
  Number(b.granularity === 'medium') - Number(a.granularity === 'medium');
