import { describe, expect, test } from 'vitest';
import type { PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import { makeFailure } from '../testing/signal.ts';
import { makeTrace } from '../testing/trace.ts';
import { identifier } from './identify.ts';

const failures = ['a', 'b', 'c'].map((id) => makeFailure({ trace: makeTrace({ id }) }));
const cluster = (...members: number[]): PointCluster => ({
  members,
  persistence: null,
  stability: null,
  cause: null,
  leftover: null,
});
const label = (category: string, identity: readonly string[] | null): ClusterLabel => ({
  title: '',
  category,
  layer: 'tool',
  usualLayer: 'tool',
  why: [],
  cause: identity?.slice(2) ?? null,
  identity,
  reasons: [],
  contrasts: [],
  counterparts: [],
  terms: [],
  exemplars: [],
  evidence: [],
});
const idsOf = (...labeled: (readonly [PointCluster, ClusterLabel])[]): string[] => {
  const { identify } = identifier(new Map(labeled), failures);
  return labeled.map(([each]) => identify(each).id);
};

describe('the id of a cluster', () => {
  // Ids that version 0.1.0 gave to the first two causes of its demo.
  test.each([
    {
      identity: [
        ...['tool_argument_mismatch', 'tool_argument_mismatch', 'other field'],
        ...['refund_order.order_id', 'from account_id'],
      ],
      id: 'c-5f78790f',
    },
    { identity: ['retrieval_miss', 'retrieval_miss', 'passages-off-topic'], id: 'c-051d47c8' },
  ])('of the cause $identity stays $id', ({ identity, id }) => {
    expect(idsOf([cluster(0), label(identity[0] ?? '', identity)])).toEqual([id]);
    expect(idsOf([cluster(1, 2), label(identity[0] ?? '', identity)])).toEqual([id]);
  });

  test('depends on the medoid if no cause is shared', () => {
    const ids = idsOf([cluster(0), label('a', null)], [cluster(1), label('a', null)]);
    expect(new Set(ids).size).toBe(2);
    expect(idsOf([cluster(0, 2), label('a', null)])).toEqual([ids[0]]);
  });

  test('is unique: only the first cluster of a cause gets the id of the cause', () => {
    const cause = label('a', ['a', 'a', 'x']);
    const all = idsOf([cluster(0), cause], [cluster(1), cause], [cluster(1, 2), cause]);
    expect(new Set(all).size).toBe(3);
    expect(idsOf([cluster(0), cause])).toEqual([all[0]]);
  });

  test('is that of the same cause in the analysis before, and no other cause gets it', () => {
    const identity = ['a', 'a', 'x'];
    const [first = ''] = idsOf([cluster(0), label('a', identity)]);
    const fresh = new Map([
      [cluster(0), label('a', identity)],
      [cluster(1), label('b', ['b', 'b', 'y'])],
    ]);
    const before = identifier(fresh, failures).identities;
    const renamed = before.map((cause, at) => ({ ...cause, id: at === 0 ? 'c-kept' : first }));
    const { identities } = identifier(fresh, failures, renamed);
    expect(identities.map(({ id }) => id)).toEqual(['c-kept', first]);
    expect(identifier(fresh, failures, renamed.slice(1)).identities.map(({ id }) => id)).toEqual([
      expect.not.stringMatching(first),
      first,
    ]);
  });

  test('requires a label', () => {
    expect(() => identifier(new Map(), failures).identify(cluster(0))).toThrow(RangeError);
  });
});
