import { hash32 } from '../random/random.ts';
import { CANDIDATES, type DescentPlan } from './descent-plan.ts';

/**
 * Fills the candidate lists of the points `from` … `to` − 1 by reading the whole graph; each list is a sample by reservoir, drawn
 * from (seed, round, point, how many were offered). Returns the fresh entries in the rows of these points.
 */
export function gatherCandidates(
  { graph, lists, seed }: DescentPlan,
  round: number,
  from: number,
  to: number,
): number {
  const { n, k, indices, isFresh } = graph;
  const stream = hash32(seed, round, 1);
  lists.freshOffered.fill(0, from, to);
  lists.knownOffered.fill(0, from, to);
  let fresh = 0;
  for (let i = 0; i < n; i++) {
    const isOwn = i >= from && i < to;
    for (let at = i * k; at < (i + 1) * k; at++) {
      const j = indices[at]!;
      if (j < 0) break;
      const isTheirs = j >= from && j < to;
      if (!isOwn && !isTheirs) continue;
      const list = isFresh[at] ? lists.fresh : lists.known;
      const offered = isFresh[at] ? lists.freshOffered : lists.knownOffered;
      if (isOwn) {
        fresh += isFresh[at]!;
        keepByReservoir(list, offered, i, j, stream);
      }
      if (isTheirs) keepByReservoir(list, offered, j, i, stream);
    }
  }
  return fresh;
}

function keepByReservoir(
  list: Int32Array,
  offered: Int32Array,
  row: number,
  candidate: number,
  stream: number,
): void {
  const count = offered[row]!;
  offered[row] = count + 1;
  const place =
    count < CANDIDATES
      ? count
      : Math.floor((hash32(stream, row, count) >>> 0) * 2 ** -32 * (count + 1));
  if (place < CANDIDATES) list[row * CANDIDATES + place] = candidate;
}

/** Clears the fresh mark of entries in the rows `from` … `to` − 1 that are candidates of their row. */
export function settleFresh({ graph, lists }: DescentPlan, from: number, to: number): void {
  const { k, indices, isFresh } = graph;
  for (let i = from; i < to; i++) {
    const start = i * CANDIDATES;
    const end = start + Math.min(lists.freshOffered[i]!, CANDIDATES);
    for (let at = i * k; at < (i + 1) * k; at++) {
      if (isFresh[at] === 0) continue;
      for (let place = start; place < end; place++)
        if (lists.fresh[place] === indices[at]) isFresh[at] = 0;
    }
  }
}
