import { keyOf, type Proposal, type ProposedPart, propose } from '../../cause/cause.ts';
import type { Analysis } from '../../contract/analysis.ts';
import type { Cluster } from '../../contract/cluster.ts';
import { type CauseDefinition, type Change, MOST_MEMBERS } from '../../contract/decision.ts';
import type { Decisions } from '../../decide/decide.ts';
import { statementText } from '../../text/statement.ts';
import { isSettled } from '../analysis/known-causes.ts';

/** A cause or cluster that a proposal rests on, as people judge it by. */
interface ShownPart extends ProposedPart {
  readonly title: string;
  /** What its failures share; null where that is not known. */
  readonly condition: string | null;
  /** Share of resamples in which the clustering found it again; null where it was not resampled. */
  readonly returns: number | null;
  readonly exemplars: readonly { readonly traceId: string; readonly quote: string }[];
}

/** What becomes of a cause: its share of the failures that were looked at. */
interface Effect {
  readonly id: string;
  readonly title: string;
  readonly before: number;
  readonly after: number;
}

/** A proposal with its evidence, its effect, and the decisions that accept it. */
export interface FoundProposal extends Pick<Proposal, 'kind' | 'causes'> {
  readonly id: string;
  /** Failed traces that it is about, and all that were looked at. */
  readonly failures: number;
  readonly of: number;
  readonly parts: readonly ShownPart[];
  readonly effects: readonly Effect[];
  readonly changes: readonly Change[];
}

export interface FoundInput {
  /** Of the re-clustering. */
  readonly analysis: Analysis;
  /** By trace id the cause that a failure counts for; '' for none. Failures that nobody has assigned are left out. */
  readonly causeOf: ReadonlyMap<string, string>;
  /** Causes as they are listed now, with their titles. */
  readonly titles: ReadonlyMap<string, string>;
  readonly decisions: Decisions;
  readonly areApart: (one: string, other: string) => boolean;
}

/** Resamples in which a cluster has to come back. */
const STEADY = 0.75;
const EXEMPLARS = 3;

/** What a re-clustering proposes, with all that people need to decide on it. */
export function foundProposals(input: FoundInput): readonly FoundProposal[] {
  const { analysis, causeOf, decisions } = input;
  const clusters = new Map(analysis.clusters.map((cluster) => [cluster.id, cluster]));
  const failures = analysis.failures.flatMap(({ traceId, cluster, weight }) => {
    const cause = causeOf.get(traceId);
    return cause === undefined ? [] : [{ cluster, weight, cause: cause === '' ? null : cause }];
  });
  const total = failures.reduce((sum, { weight }) => sum + weight, 0);
  const settled = [...decisions.causes].flatMap(([id, own]) => (isSettled(own) ? [id] : []));
  const proposals = propose({
    failures,
    steady: new Set([...clusters.values()].filter(isSteady).map(({ id }) => id)),
    // Of a cause that was merged, its survivor.
    settled: new Set(settled.map(decisions.survivor)),
    decided: new Set(
      [...decisions.causes].flatMap(([id, { proposal, mergedInto }]) =>
        proposal !== undefined || mergedInto !== undefined ? [id] : [],
      ),
    ),
    areApart: input.areApart,
  });
  return proposals.map((proposal): FoundProposal => {
    const own = proposal.clusters.flatMap((id) => clusters.get(id) ?? []);
    return {
      ...{ id: keyOf(proposal), kind: proposal.kind, causes: proposal.causes },
      ...{ failures: proposal.moved, of: total },
      parts: proposal.parts.map((part) => shownPart(part, proposal, { ...input, clusters })),
      effects: effectsOf(proposal, failures, { ...input, clusters }),
      changes: changesOf(proposal, own, input),
    };
  });
}

/** It has a condition, and the clustering finds it again in resamples; detectors name theirs without one. */
const isSteady = ({ condition, leftover, state, returns }: Cluster): boolean =>
  condition !== null &&
  leftover === null &&
  (state === 'detector' || (state !== 'untested' && (returns ?? 0) >= STEADY));

type Known = FoundInput & { readonly clusters: ReadonlyMap<string, Cluster> };

const titleOf = (id: string, { titles, clusters }: Known): string =>
  titles.get(id) ?? clusters.get(id)?.title ?? id;

function shownPart(part: ProposedPart, { kind, clusters }: Proposal, known: Known): ShownPart {
  const { analysis, causeOf } = known;
  const cluster = known.clusters.get(kind === 'merge' ? (clusters[0] ?? '') : part.id);
  const isOwn = ({ traceId, cluster: of }: Analysis['failures'][number]): boolean =>
    of === cluster?.id && (kind !== 'merge' || causeOf.get(traceId) === part.id);
  return {
    ...part,
    title: kind === 'merge' ? titleOf(part.id, known) : (cluster?.title ?? part.id),
    condition: cluster?.condition
      ? cluster.condition.atoms.map(({ fact }) => statementText(fact.statement)).join(' and ')
      : null,
    returns: cluster?.returns ?? null,
    exemplars: analysis.failures
      .filter(isOwn)
      .toSorted((a, b) => b.membership - a.membership || (a.traceId < b.traceId ? -1 : 1))
      .slice(0, EXEMPLARS)
      .map(({ traceId, shown, input }) => ({ traceId, quote: shown ?? input })),
  };
}

/** What becomes of the shares of the causes that it changes. */
function effectsOf(
  { kind, causes, clusters, parts }: Proposal,
  failures: readonly {
    readonly cluster: string | null;
    readonly cause: string | null;
    readonly weight: number;
  }[],
  known: Known,
): readonly Effect[] {
  const total = failures.reduce((sum, { weight }) => sum + weight, 0);
  const share = (isIn: (failure: (typeof failures)[number]) => boolean): number =>
    total === 0
      ? 0
      : failures.reduce((sum, each) => sum + (isIn(each) ? each.weight : 0), 0) / total;
  const effect = (id: string, before: number, after: number): Effect => ({
    ...{ id, title: titleOf(id, known), before, after },
  });
  const shareOf = (id: string): number => share(({ cause }) => cause === id);
  switch (kind) {
    case 'merge': {
      const [first = '', ...others] = causes;
      const all = causes.reduce((sum, id) => sum + shareOf(id), 0);
      return [
        effect(first, shareOf(first), all),
        ...others.map((id) => effect(id, shareOf(id), 0)),
      ];
    }
    case 'split': {
      const [cause = ''] = causes;
      const shares = parts.map(({ failures: own }) => (total === 0 ? 0 : own / total));
      const off = shares.slice(1).reduce((sum, each) => sum + each, 0);
      return [
        effect(cause, shareOf(cause), shareOf(cause) - off),
        ...parts.slice(1).map(({ id }, at) => effect(id, 0, shares[at + 1]!)),
      ];
    }
    case 'new': {
      const [cluster = ''] = clusters;
      const [listed] = causes;
      const own = share((failure) => failure.cluster === cluster);
      return [effect(listed ?? cluster, listed === undefined ? 0 : shareOf(listed), own)];
    }
  }
}

/** The decisions by which it holds from now on; each can be undone. */
function changesOf(
  { kind, causes, parts }: Proposal,
  clusters: readonly Cluster[],
  { analysis }: FoundInput,
): readonly Change[] {
  const ofCause = (subject: string, field: string, value: Change['value']): Change => ({
    ...{ kind: 'cause', subject, field, value },
  });
  const accepted = (id: string): Change[] => [
    ofCause(id, 'proposal', 'accepted'),
    ofCause(id, 'state', 'confirmed'),
  ];
  const defined = (id: string, cluster: Cluster): Change =>
    ofCause(id, 'definition', JSON.parse(JSON.stringify(definitionOf(cluster, analysis))) as never);
  const apart = (one: string, other: string, value: true | null): Change => ({
    ...{ kind: 'pair', subject: [one, other].sort().join('|'), field: 'apart', value },
  });
  const [cause = ''] = causes;
  switch (kind) {
    case 'merge':
      return parts
        .slice(1)
        .flatMap(({ id }) => [ofCause(id, 'mergedInto', cause), apart(id, cause, null)]);
    case 'split': {
      const [stays, ...others] = clusters;
      return [
        ...(stays === undefined ? [] : [defined(cause, stays)]),
        ...others.flatMap((each) => [
          ...accepted(each.id),
          ofCause(each.id, 'splitFrom', cause),
          defined(each.id, each),
          apart(each.id, cause, true),
        ]),
      ];
    }
    case 'new': {
      const [cluster] = clusters;
      if (causes.length > 0 || cluster === undefined) return accepted(cause);
      return [...accepted(cluster.id), defined(cluster.id, cluster)];
    }
  }
}

/** A cluster of a re-clustering has its id from its fingerprint. */
const definitionOf = ({ id, condition }: Cluster, { failures }: Analysis): CauseDefinition => ({
  condition: condition!,
  fingerprint: id.replace(/^c-/, ''),
  members: failures
    .flatMap(({ traceId, cluster }) => (cluster === id ? [traceId] : []))
    .slice(0, MOST_MEMBERS),
});
