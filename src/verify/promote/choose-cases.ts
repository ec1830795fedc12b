import type { Failure } from '../../contract/failure.ts';
import type { SuiteCase } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import { samplingKey } from '../../text/hash.ts';
import { type Likened, likened, likeness } from './likeness.ts';

type Pick = NonNullable<SuiteCase['pick']>;

export interface Candidate {
  readonly trace: Trace;
  readonly pick: Pick;
}

/**
 * Members as guards, in the order in which they should be taken: those that the caller picked, the most typical
 * (`typical` lists ids, nearest the center first), the one least like it, and one unlike both. Others follow for where
 * one of these proves nothing.
 */
export function guardOrder(
  members: readonly Failure[],
  typical: readonly string[],
  picked: readonly string[],
): readonly Candidate[] {
  const all = new Map(members.map(({ trace }) => [trace.id, likened(trace)]));
  const chosen = picked.flatMap((id) => all.get(id) ?? []);
  const order: Candidate[] = chosen.map(({ trace }) => ({ trace, pick: 'chosen' }));
  const medoid =
    typical.map((id) => all.get(id)).find((each) => each !== undefined) ?? [...all.values()][0];
  if (medoid === undefined) return order;
  const rest = [...all.values()].filter((each) => each !== medoid && !chosen.includes(each));
  if (!chosen.includes(medoid)) order.push({ trace: medoid.trace, pick: 'medoid' });
  const edge = leastLike(rest, [medoid]);
  if (edge !== null) order.push({ trace: edge.trace, pick: 'edge' });
  const diverse =
    edge === null
      ? null
      : leastLike(
          rest.filter((each) => each !== edge),
          [medoid, edge],
        );
  if (diverse !== null) order.push({ trace: diverse.trace, pick: 'diverse' });
  const taken = new Set([medoid, edge, diverse, ...chosen]);
  for (const each of rest) if (!taken.has(each)) order.push({ trace: each.trace, pick: 'member' });
  return order;
}

/** The one whose nearest among the others is farthest; the first by id where several are. */
function leastLike(all: readonly Likened[], others: readonly Likened[]): Likened | null {
  let least: { readonly each: Likened; readonly value: number } | null = null;
  for (const each of all) {
    let value = 0;
    for (const other of others) value = Math.max(value, likeness(each, other));
    if (
      least === null ||
      value < least.value ||
      (value === least.value && each.trace.id < least.each.trace.id)
    )
      least = { each, value };
  }
  return least?.each ?? null;
}

/** Members in an order that depends on ids and seed alone: what they have in common with the guards decides nothing. */
export const sliceOrder = (members: readonly Failure[], seed: number): readonly Candidate[] =>
  members
    .map(({ trace }) => ({ trace, key: samplingKey(trace.id, seed) }))
    .sort((a, b) => a.key - b.key || (a.trace.id < b.trace.id ? -1 : 1))
    .map(({ trace }) => ({ trace, pick: 'member' }));

/** Passing traces, the most like one of the guards first; those that have nothing in common with any are left out. */
export function controlOrder(
  passing: readonly Trace[],
  guards: readonly Trace[],
): readonly Candidate[] {
  const asked = guards.map(likened);
  return passing
    .map((trace) => {
      const each = likened(trace);
      return { trace, value: Math.max(0, ...asked.map((guard) => likeness(each, guard))) };
    })
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || (a.trace.id < b.trace.id ? -1 : 1))
    .map(({ trace }) => ({ trace, pick: 'nearest' }));
}
