import { describe, expect, test } from 'vitest';
import type { Failure } from '../contract/failure.ts';
import type { Granularity, Grouping, GroupingLevel } from '../contract/grouping.ts';
import type { Signal } from '../contract/signal.ts';
import { call, makeSpan, makeTrace } from '../testing/trace.ts';
import { categoryOf, label, taxonomy } from './label.ts';

const signal = (parts: Partial<Signal>): Signal => ({
  detector: 'tool_argument_mismatch',
  verdict: 'yes',
  category: 'tool_argument_mismatch',
  confidence: 1,
  spanId: null,
  summary: '`refund_order` called with `account_id`’s value in `order_id`',
  fingerprint: 'tool_argument_mismatch|provenance|refund_order.order_id',
  evidence: [{ spanId: null, path: '/input', quote: 'refund' }],
  ...parts,
});

const failure = (id: string, signals: readonly Signal[], input = 'refund please'): Failure => ({
  trace: makeTrace({ id, input, output: 'it failed' }),
  signals,
  rootSpanId: null,
  weight: 1,
});

const oneCluster = (size: number): Grouping => ({
  map: new Float32Array(2 * size),
  clusters: [
    { members: Array.from({ length: size }, (_, row) => row), persistence: 1, stability: null },
  ],
  levels: [
    {
      granularity: 'medium',
      clusters: [{ cluster: 0, silhouette: null, nearest: null }],
      labels: new Int32Array(size),
      membership: new Float32Array(size).fill(1),
      noise: Array.from({ length: size }, () => null),
    },
  ],
});

const labelOf = (
  failures: readonly Failure[],
  passing: Parameters<typeof label>[0]['passing'] = [],
) => label({ failures, grouping: oneCluster(failures.length), passing })[0]!;

describe('a label', () => {
  test('is the summary most members share, with category, layer and verbatim evidence', () => {
    const failures = ['a', 'b', 'c'].map((id) => failure(id, [signal({})]));
    expect(labelOf(failures)).toMatchObject({
      label: '`refund_order` called with `account_id`’s value in `order_id`',
      category: 'tool_argument_mismatch',
      layer: 'tool',
      fingerprint: 'tool_argument_mismatch|provenance|refund_order.order_id',
      because: [
        '3 of 3 share one fingerprint: tool_argument_mismatch › provenance › refund_order.order_id',
      ],
      exemplars: [0, 1, 2],
      evidence: [
        { traceId: 'a', quote: 'refund' },
        { traceId: 'b', quote: 'refund' },
        { traceId: 'c', quote: 'refund' },
      ],
    });
  });

  test('falls back to category and terms when members say different things', () => {
    const failures = Array.from({ length: 12 }, (_, index) =>
      failure(
        `t${index}`,
        [signal({ summary: `thing ${'abcdefghijkl'[index]}`, fingerprint: `f${index}` })],
        'kettle leaks',
      ),
    );
    const passing = Array.from({ length: 300 }, (_, index) =>
      makeTrace({ id: `p${index}`, input: 'hello there', output: 'fine' }),
    );
    const { label: name, fingerprint } = labelOf(failures, passing);
    expect(name).toMatch(/^Tool argument mismatch: .*“kettle/);
    expect(fingerprint).toBe(null);
  });

  test('of failures no detector explains says so', () => {
    const unexplained = signal({
      detector: 'score',
      category: null,
      summary: '',
      fingerprint: 'score|helpfulness',
    });
    const found = labelOf([failure('a', [unexplained]), failure('b', [unexplained])]);
    expect(found).toMatchObject({ category: 'unexplained', layer: 'evaluation' });
  });

  test('has at most six reasons, told against the nearest passing traces', () => {
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
      ...failure(`f${index}`, [signal({}), ...others]),
      trace: run(`f${index}`, 'refund my tent', 9, 'get', 'refund'),
    }));
    const passing = [
      ...Array.from({ length: 30 }, (_, index) =>
        run(`p${index}`, 'refund my chair', 2, 'get', 'list', 'refund'),
      ),
      ...Array.from({ length: 30 }, (_, index) => run(`q${index}`, 'opening hours', 9, 'search')),
    ];
    expect(labelOf(failures, passing).because).toEqual([
      '20 of 20 share one fingerprint: tool_argument_mismatch › provenance › refund_order.order_id',
      'differs first at step 2: `refund` is called without `list` (100% of them, 0% of the nearest passing traces)',
      'tool `list` called in 0% of them, in 100% of the nearest passing traces',
      'takes 9.0\u00a0s at the median, 2.0\u00a0s in the nearest passing traces (KS p < 0.001)',
      '20 of 20 also have the signal error_status',
      '20 of 20 also have the signal negative_feedback',
    ]);
  });

  test('keeps users’ names out of its terms and its title', () => {
    const failures = Array.from({ length: 20 }, (_, index) =>
      failure(
        `f${index}`,
        [signal({ summary: '', fingerprint: `f${index}` })],
        'the kettle of Rosa Weber leaks, write to rosa.weber@example.com',
      ),
    );
    const passing = Array.from({ length: 100 }, (_, index) =>
      makeTrace({ id: `p${index}`, input: 'all is well', output: 'fine' }),
    );
    const { label: name, terms } = labelOf(failures, passing);
    expect(name).toMatch(/^Tool argument mismatch: “/);
    expect(`${name} ${JSON.stringify(terms)}`).not.toMatch(/rosa|weber|example/i);
  });

  test('puts members with the shared fingerprint first among the exemplars', () => {
    const failures = [
      failure('odd', [signal({ fingerprint: 'other' })]),
      ...['a', 'b', 'c'].map((id) => failure(id, [signal({})])),
    ];
    expect(labelOf(failures).exemplars).toEqual([1, 2, 3, 0]);
  });
});

describe('labels of several levels', () => {
  const failures = Array.from({ length: 8 }, (_, row) =>
    failure(`f${row}`, [signal({})], row < 4 ? 'kettle leaks again' : 'chair wobbles badly'),
  );
  const halves = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ];
  const [one] = oneCluster(8).levels;
  const level = (granularity: Granularity, ...clusters: number[]): GroupingLevel => ({
    ...one!,
    granularity,
    clusters: clusters.map((cluster) => ({ cluster, silhouette: null, nearest: null })),
  });
  const grouping: Grouping = {
    ...oneCluster(8),
    clusters: [halves.flat(), ...halves].map((members) => ({
      members,
      persistence: null,
      stability: null,
    })),
    levels: [level('medium', 0), level('fine', 1, 2)],
  };
  const passing = Array.from({ length: 60 }, (_, row) =>
    makeTrace({ id: `p${row}`, input: 'all is well', output: 'fine' }),
  );

  test('are told apart within a level, the default level first', () => {
    const names = label({ failures, grouping, passing }).map((each) => each.label);
    expect(names[0]).toBe('`refund_order` called with `account_id`’s value in `order_id`');
    expect(names[1]).toMatch(/^`refund_order` called .*: “.*kettle/);
    expect(names[2]).toMatch(/^`refund_order` called .*: “.*chair/);
  });

  test('are told of as they come', () => {
    const told: unknown[][] = [];
    label({ failures, grouping, passing, progress: (...step) => told.push(step) });
    expect(told).toEqual([0, 1, 2, 3].map((done) => ['label', done, 3]));
  });
});

describe('the starter taxonomy', () => {
  test('has the nine canonical causes, each with a pass criterion, a severity and a cost', () => {
    const ids = taxonomy().map(({ id }) => id);
    for (const id of [
      'groundedness_miss',
      'hallucinated_entity',
      'retrieval_miss',
      'refusal_over_trigger',
      'refusal_under_trigger',
      'tool_argument_mismatch',
      'tool_wrong_tool',
      'agent_loop',
      'schema_violation',
    ])
      expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { definition, severity, fixCost } of taxonomy()) {
      expect(definition.endsWith('.')).toBe(true);
      expect(severity).toBeGreaterThanOrEqual(1);
      expect(severity).toBeLessThanOrEqual(5);
      expect(fixCost).toBeGreaterThanOrEqual(1);
    }
  });

  test('files a failure under its first cause', () => {
    expect(
      categoryOf(failure('a', [signal({ category: null }), signal({ category: 'agent_loop' })])),
    ).toBe('agent_loop');
    expect(categoryOf(failure('a', []))).toBe('unexplained');
  });
});
