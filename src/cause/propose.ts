import { wilson } from '../numeric/statistics/wilson.ts';

/** A failure that a re-clustering looked at: its cluster there, and the cause that it counts for at the moment. */
export interface ComparedFailure {
  /** Null for none. */
  readonly cluster: string | null;
  readonly cause: string | null;
  /** Failed traces that it stands for. */
  readonly weight: number;
}

export interface ProposeInput {
  readonly failures: readonly ComparedFailure[];
  /** Clusters of the re-clustering that came back in resamples and that a condition describes. */
  readonly steady: ReadonlySet<string>;
  /** Causes that people have accepted: no analysis changes them by itself. */
  readonly settled: ReadonlySet<string>;
  /** Causes, listed or not, that somebody has decided about: they are not new. */
  readonly decided: ReadonlySet<string>;
  /** Whether people keep two causes apart. */
  readonly areApart: (one: string, other: string) => boolean;
}

/** One of the clusters that a proposal rests on, or a cause that it puts together. */
export interface ProposedPart {
  /** Id of the cluster or cause. */
  readonly id: string;
  /** Failures that were looked at: its own, and of them those in common. */
  readonly own: number;
  readonly shared: number;
  /** Failed traces that those in common stand for. */
  readonly failures: number;
}

/** A change of the causes that a re-clustering gives reason for. Nobody has decided on it. */
export interface Proposal {
  readonly kind: 'new' | 'split' | 'merge';
  /** `split`: the cause. `merge`: the causes, the largest first. `new`: the cause of its failures where it is listed, else none. */
  readonly causes: readonly string[];
  /** `split`: the clusters that it falls into, the largest first. `new`, `merge`: the one cluster. */
  readonly clusters: readonly string[];
  /** What it rests on: of each cluster of `split` and `new`, and of each cause of `merge`. */
  readonly parts: readonly ProposedPart[];
  /** Failed traces that it is about: of `new` all of it, else those that would count for another cause. */
  readonly moved: number;
}

/** With fewer failures in common nothing is proposed. */
const LEAST = 10;
/** Surely so many of the failures: the lower bound of a 95% interval (Wilson). */
const MOST_OF = 0.6;

/**
 * What a re-clustering says about the causes that people have accepted: failures that form a cause of their own (`new`), a
 * cause that falls into two or more (`split`), causes that are one (`merge`). Says nothing about small, unsteady or mixed
 * clusters. The most failures first.
 */
export function propose(input: ProposeInput): readonly Proposal[] {
  const table = tableOf(input.failures);
  return [...splits(input, table), ...merges(input, table), ...news(input, table)].sort(
    (a, b) => b.moved - a.moved || (keyOf(a) < keyOf(b) ? -1 : 1),
  );
}

/** The same for the same change, whatever it rests on. */
export const keyOf = ({ kind, causes, clusters }: Proposal): string =>
  `${kind}:${(kind === 'new' ? (causes.length > 0 ? causes : clusters) : causes).toSorted().join('|')}`;

interface Cell {
  readonly count: number;
  readonly weight: number;
}

/** Failures by cluster and cause; '' for none of either. */
interface Contingency {
  readonly clusters: ReadonlyMap<string, Cell>;
  readonly causes: ReadonlyMap<string, Cell>;
  readonly at: (cluster: string, cause: string) => Cell;
}

const NONE: Cell = { count: 0, weight: 0 };

function tableOf(failures: readonly ComparedFailure[]): Contingency {
  const [clusters, causes, both] = [0, 1, 2].map(() => new Map<string, Cell>());
  const add = (to: Map<string, Cell>, key: string, weight: number): void => {
    const before = to.get(key) ?? NONE;
    to.set(key, { count: before.count + 1, weight: before.weight + weight });
  };
  for (const { cluster, cause, weight } of failures) {
    if (cluster !== null) add(clusters!, cluster, weight);
    if (cause !== null) add(causes!, cause, weight);
    add(both!, pairKey(cluster ?? '', cause ?? ''), weight);
  }
  return {
    ...{ clusters: clusters!, causes: causes! },
    at: (cluster, cause) => both!.get(pairKey(cluster, cause)) ?? NONE,
  };
}

const pairKey = (cluster: string, cause: string): string => JSON.stringify([cluster, cause]);

/** Whether surely most of `own` are `shared`, and these are enough. */
const isMost = (shared: number, own: number): boolean =>
  shared >= LEAST && wilson(shared / own, own)[0] >= MOST_OF;

const bySize = (a: ProposedPart, b: ProposedPart): number =>
  b.failures - a.failures || (a.id < b.id ? -1 : 1);

const partOf = (id: string, own: Cell, shared: Cell): ProposedPart => ({
  ...{ id, own: own.count, shared: shared.count, failures: shared.weight },
});

/** A settled cause with two or more steady clusters that are surely made of its failures. */
function splits(
  { steady, settled }: ProposeInput,
  { clusters, causes, at }: Contingency,
): Proposal[] {
  return [...causes.keys()].flatMap((cause): Proposal[] => {
    if (!settled.has(cause)) return [];
    const parts = [...clusters]
      .filter(([id]) => steady.has(id) && (id === cause || !settled.has(id)))
      .filter(([id, own]) => isMost(at(id, cause).count, own.count))
      .map(([id, own]) => partOf(id, own, at(id, cause)))
      .sort(bySize);
    if (parts.length < 2) return [];
    const moved = parts.slice(1).reduce((sum, { failures }) => sum + failures, 0);
    return [{ kind: 'split', causes: [cause], clusters: parts.map(({ id }) => id), parts, moved }];
  });
}

/** A steady cluster that surely holds most of the failures of two or more causes, one of them settled, and little else. */
function merges(
  { steady, settled, areApart }: ProposeInput,
  { clusters, causes, at }: Contingency,
): Proposal[] {
  return [...clusters].flatMap(([cluster, own]): Proposal[] => {
    if (!steady.has(cluster)) return [];
    const parts = [...causes]
      .filter(([id, all]) => isMost(at(cluster, id).count, all.count))
      .map(([id, all]) => partOf(id, all, at(cluster, id)))
      .sort(bySize);
    const [first] = parts;
    if (first === undefined) return [];
    const joined = parts.filter(({ id }) => id === first.id || !areApart(first.id, id));
    const held = joined.reduce((sum, { shared }) => sum + shared, 0);
    if (joined.length < 2 || !isMost(held, own.count)) return [];
    if (!joined.some(({ id }) => settled.has(id))) return [];
    const moved = joined.slice(1).reduce((sum, { failures }) => sum + failures, 0);
    const ids = joined.map(({ id }) => id);
    return [{ kind: 'merge', causes: ids, clusters: [cluster], parts: joined, moved }];
  });
}

/** A steady cluster whose failures surely belong to no settled cause. */
function news(
  { steady, settled, decided }: ProposeInput,
  { clusters, causes, at }: Contingency,
): Proposal[] {
  if (settled.size === 0) return [];
  return [...clusters].flatMap(([cluster, own]): Proposal[] => {
    if (!steady.has(cluster) || decided.has(cluster)) return [];
    const free = [...causes.keys(), '']
      .filter((cause) => !settled.has(cause))
      .map((cause) => ({ cause, ...at(cluster, cause) }));
    const shared = {
      count: free.reduce((sum, { count }) => sum + count, 0),
      weight: free.reduce((sum, { weight }) => sum + weight, 0),
    };
    if (!isMost(shared.count, own.count)) return [];
    // Of a cause that is listed already, and that nobody has decided on.
    const listed = free.find(({ cause, count }) => cause !== '' && isMost(count, own.count));
    if (listed !== undefined && decided.has(listed.cause)) return [];
    return [
      {
        ...{ kind: 'new', causes: listed === undefined ? [] : [listed.cause], clusters: [cluster] },
        parts: [partOf(cluster, own, shared)],
        moved: own.weight,
      },
    ];
  });
}
