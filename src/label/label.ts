import type { Category } from '../contract/category.ts';
import type { Failure } from '../contract/failure.ts';
import type { Grouping, PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Evidence, Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';
import { reasons } from './because.ts';
import { type DistinctiveTerm, distinctiveTerms } from './distinctive-terms.ts';
import { mostFrequent } from './most-frequent.ts';
import { starterTaxonomy, UNEXPLAINED } from './taxonomy.ts';
import { wordsOf } from './words.ts';

export interface LabelInput {
  readonly failures: readonly Failure[];
  readonly grouping: Grouping;
  /** Traces nobody objects to, for contrast. */
  readonly passing: readonly Trace[];
}

const EXEMPLARS = 8;
const EVIDENCE = 8;
const TERMS = 8;

/** The categories detectors name, and `unexplained`. */
export const taxonomy = (): readonly Category[] => starterTaxonomy;

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

/** A proposed root cause for each cluster, from evidence alone: no model is asked. */
export function label({ failures, grouping, passing }: LabelInput): ClusterLabel[] {
  const words = failures.map(({ trace }) => wordsOf(`${trace.input}\n${trace.output}`));
  const passingWords = passing.map((trace) => wordsOf(`${trace.input}\n${trace.output}`));
  return grouping.clusters.map((cluster, index) => {
    const outside = words.filter((_, row) => grouping.labels[row] !== index);
    const inside = cluster.members.map((row) => words[row]!);
    const terms = distinctiveTerms(inside, [...outside, ...passingWords], TERMS);
    return labelOne(cluster, failures, passing, terms);
  });
}

function labelOne(
  cluster: PointCluster,
  failures: readonly Failure[],
  passing: readonly Trace[],
  terms: readonly DistinctiveTerm[],
): ClusterLabel {
  const members = cluster.members.map((row) => failures[row]!);
  const category = mostFrequent(members.map(categoryOf))?.value ?? UNEXPLAINED;
  const causes = members.map((failure) => causeIn(failure, category));
  const shared = mostFrequent(causes.map((cause) => cause?.fingerprint ?? ''));
  const fingerprint =
    shared !== null && shared.value !== '' && shared.count * 2 >= members.length
      ? shared.value
      : null;
  const node = starterTaxonomy.find(({ id }) => id === category);
  const exemplars = exemplarsOf(cluster, causes, fingerprint);
  return {
    label: nameOf(node?.name ?? category, causes, members.length, terms),
    category,
    layer: node?.layer ?? 'prompt',
    fingerprint,
    because: reasons(members, passing, causes, fingerprint),
    terms,
    exemplars,
    evidence: evidenceOf(exemplars, failures, category),
  };
}

const causeIn = (failure: Failure, category: string): Signal | null =>
  failure.signals.find((signal) => signal.category === category) ?? failure.signals[0] ?? null;

/** The summary most members share; when none reaches 30 %, the category and the distinctive terms. */
function nameOf(
  category: string,
  causes: readonly (Signal | null)[],
  size: number,
  terms: readonly DistinctiveTerm[],
): string {
  const summary = mostFrequent(causes.map((cause) => cause?.summary ?? ''));
  if (summary !== null && summary.value !== '' && summary.count >= 0.3 * size) return summary.value;
  const words = terms.slice(0, 3).map(({ term }) => term);
  return words.length > 0 ? `${category}: ${words.join(', ')}` : category;
}

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
