import { describe, expect, test } from 'vitest';
import type { Category, Layer } from '../contract/category.ts';
import type { Failure } from '../contract/failure.ts';
import type { Granularity, Grouping, GroupingLevel, PointCluster } from '../contract/grouping.ts';
import type { ClusterLabel } from '../contract/label.ts';
import type { Signal } from '../contract/signal.ts';
import { makeFailure, makeSignal } from '../testing/signal.ts';
import { call, makeSpan, makeTrace } from '../testing/trace.ts';
import { field, statement, tool } from '../text/statement.ts';
import { label } from './label.ts';

const signal = (parts: Parameters<typeof makeSignal>[0] = {}): Signal =>
  makeSignal({
    cause: ['provenance', 'refund_order.order_id'],
    statement: statement`${tool('refund_order')} called with ${field('account_id')}’s value in ${field('order_id')}`,
    evidence: [{ spanId: null, path: '/input', quote: 'refund' }],
    ...parts,
  });

const failure = (id: string, signals: readonly Signal[], input = 'refund please'): Failure =>
  makeFailure({ trace: makeTrace({ id, input, output: 'it failed' }), signals });

const category = (id: string, name: string, layer: Layer): Category => ({
  id,
  name,
  definition: '',
  severity: 3,
  layer,
  fixCost: 1,
});
const categories = [
  category('tool_argument_mismatch', 'Tool argument mismatch', 'tool'),
  category('unexplained', 'Unexplained failure', 'evaluation'),
];

const cluster = (members: readonly number[]): PointCluster => ({
  members,
  persistence: null,
  stability: null,
  cause: null,
  leftover: null,
});
const level = (granularity: Granularity, ...clusters: PointCluster[]): GroupingLevel => ({
  granularity,
  clusters: clusters.map((each) => ({ cluster: each, silhouette: null, nearest: null })),
  assignments: new Int32Array(0),
  membership: new Float32Array(0),
  noise: [],
});

const labelOf = (
  failures: readonly Failure[],
  passing: Parameters<typeof label>[0]['passing'] = [],
): ClusterLabel => {
  const all = cluster([...failures.keys()]);
  const grouping = { clusters: [all], levels: [level('medium', all)] };
  return label({ failures, grouping, passing, categories }).get(all)!;
};

describe('a label', () => {
  test('is the statement that most members share, with category, layer and verbatim evidence', () => {
    const failures = ['a', 'b', 'c'].map((id) => failure(id, [signal()]));
    expect(labelOf(failures)).toMatchObject({
      title: '`refund_order` called with `account_id`’s value in `order_id`',
      category: 'tool_argument_mismatch',
      layer: 'unknown',
      usualLayer: 'tool',
      why: [],
      cause: ['provenance', 'refund_order.order_id'],
      reasons: [
        '3 of 3 have the same cause: tool_argument_mismatch › provenance › refund_order.order_id',
      ],
      exemplars: ['a', 'b', 'c'],
      evidence: [
        { traceId: 'a', quote: 'refund' },
        { traceId: 'b', quote: 'refund' },
        { traceId: 'c', quote: 'refund' },
      ],
    });
  });

  test('quotes the shared cause only, not another of the same category', () => {
    const other = signal({
      cause: ['units'],
      evidence: [{ spanId: null, path: '/output', quote: 'it failed' }],
    });
    const failures = [
      failure('a', [signal()]),
      failure('b', [other, signal()]),
      failure('c', [other]),
      failure('d', [signal()]),
    ];
    expect(labelOf(failures).evidence).toMatchObject([
      { traceId: 'a', quote: 'refund' },
      { traceId: 'd', quote: 'refund' },
      { traceId: 'b', quote: 'refund' },
    ]);
  });

  test('falls back to category and terms if the statements of the members differ', () => {
    const failures = Array.from({ length: 12 }, (_, index) =>
      failure(
        `t${index}`,
        [signal({ statement: `thing ${'abcdefghijkl'[index]}`, cause: [`f${index}`] })],
        'kettle leaks',
      ),
    );
    const passing = Array.from({ length: 300 }, (_, index) =>
      makeTrace({ id: `p${index}`, input: 'hello there', output: 'fine' }),
    );
    const { title, cause } = labelOf(failures, passing);
    expect(title).toMatch(/^Tool argument mismatch: .*“kettle/);
    expect(cause).toBe(null);
  });

  test('names the category of unexplained failures', () => {
    const unexplained = signal({
      detector: 'score',
      tier: 'filter',
      category: null,
      statement: '',
      cause: ['helpfulness'],
    });
    const found = labelOf([failure('a', [unexplained]), failure('b', [unexplained])]);
    expect(found).toMatchObject({ category: 'unexplained', layer: 'unknown' });
  });

  test('has at most six reasons, compared with the nearest passing traces', () => {
    const run = (id: string, input: string, seconds: number, ...tools: string[]) =>
      makeTrace({
        id,
        input,
        startTime: 0,
        endTime: 1000 * seconds,
        spans: tools.map((name) => makeSpan({ toolCall: call(name, {}) })),
      });
    const others = ['error_status', 'score', 'outlier', 'negative_feedback'].map((detector) =>
      signal({ detector, category: null }),
    );
    const failures = Array.from({ length: 20 }, (_, index) => ({
      ...failure(`f${index}`, [signal(), ...others]),
      trace: run(`f${index}`, 'refund my tent', 9, 'get', 'refund'),
    }));
    const passing = [
      ...Array.from({ length: 30 }, (_, index) =>
        run(`p${index}`, 'refund my chair', 2, 'get', 'list', 'refund'),
      ),
      ...Array.from({ length: 30 }, (_, index) => run(`q${index}`, 'opening hours', 9, 'search')),
    ];
    expect(labelOf(failures, passing).reasons).toEqual([
      '20 of 20 have the same cause: tool_argument_mismatch › provenance › refund_order.order_id',
      'First differs at step 2: `refund` is called without `list` (100% of these failures, 0% of the nearest passing traces)',
      'No failing trace calls `list`; every similar passing trace does',
      'Median latency is 9.0\u00a0s, compared with 2.0\u00a0s in the nearest passing traces (KS p < 0.001)',
      '20 of 20 also have this: `refund_order` called with `account_id`’s value in `order_id`',
    ]);
  });

  test('keeps users’ names out of its terms and its title', () => {
    const failures = Array.from({ length: 20 }, (_, index) =>
      failure(
        `f${index}`,
        [signal({ statement: '', cause: [`f${index}`] })],
        'the kettle of Rosa Weber leaks, write to rosa.weber@example.com',
      ),
    );
    const passing = Array.from({ length: 100 }, (_, index) =>
      makeTrace({ id: `p${index}`, input: 'all is well', output: 'fine' }),
    );
    const { title, terms } = labelOf(failures, passing);
    expect(title).toMatch(/^Tool argument mismatch: “/);
    expect(`${title} ${JSON.stringify(terms)}`).not.toMatch(/rosa|weber|example/i);
  });

  test('puts members with the shared cause first among the exemplars', () => {
    const failures = [
      failure('odd', [signal({ cause: ['other'] })]),
      ...['a', 'b', 'c'].map((id) => failure(id, [signal()])),
    ];
    expect(labelOf(failures).exemplars).toEqual(['a', 'b', 'c', 'odd']);
  });
});

describe('labels of several levels', () => {
  const failures = Array.from({ length: 8 }, (_, row) =>
    failure(`f${row}`, [signal()], row < 4 ? 'kettle leaks again' : 'chair wobbles badly'),
  );
  const [whole, kettles, chairs] = [
    cluster([0, 1, 2, 3, 4, 5, 6, 7]),
    cluster([0, 1, 2, 3]),
    cluster([4, 5, 6, 7]),
  ] as const;
  const grouping: Pick<Grouping, 'clusters' | 'levels'> = {
    clusters: [whole, kettles, chairs],
    levels: [level('medium', whole), level('fine', kettles, chairs)],
  };
  const passing = Array.from({ length: 60 }, (_, row) =>
    makeTrace({ id: `p${row}`, input: 'all is well', output: 'fine' }),
  );

  test('have unique titles within a level, starting with the default level', () => {
    const labels = label({ failures, grouping, passing, categories });
    const titles = [whole, kettles, chairs].map((each) => labels.get(each)?.title);
    expect(titles[0]).toBe('`refund_order` called with `account_id`’s value in `order_id`');
    expect(titles[1]).toMatch(/^`refund_order` called .*: “.*kettle/);
    expect(titles[2]).toMatch(/^`refund_order` called .*: “.*chair/);
  });

  test('report progress label by label', () => {
    const reported: unknown[][] = [];
    const progress = (...step: unknown[]): number => reported.push(step);
    label({ failures, grouping, passing, categories, progress });
    expect(reported).toEqual([0, 1, 2, 3].map((done) => ['label', done, 3]));
  });
});
