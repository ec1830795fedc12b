import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../contract/analysis.ts';
import { coverage, fixFirst } from '../text/headline.ts';
import { givenCommand } from './given-command.ts';
import { type RankedListOptions, rankedList } from './ranked-list.ts';

const cluster = {
  rank: 1,
  title: '`refund_order` called with the value of another field in `order_id`',
  share: 0.5,
  shareInterval: [0.4, 0.6],
  failedShare: null,
  failedShareInterval: null,
  size: 50,
  population: 50,
  severity: 4,
  priority: 200,
  topThreeProbability: 1,
  layer: 'tool',
  usualLayer: 'tool',
  why: [{ statement: 'Likely because the argument `order_id` has no description', layer: 'tool' }],
  state: 'detector',
  meets: { failed: 50, failures: 100, passed: 0, passes: 100, isEstimate: false },
  toSettle: null,
  leftover: null,
  evidence: [
    {
      traceId: 't',
      path: '/messages/1/toolCalls/0/arguments/order_id',
      quote: '30657997',
      shown: 'refund_order(order_id: 30657997, …)',
    },
  ],
};

const failure = (traceId: string) => ({
  traceId,
  cluster: 'c-1',
  input: 'Refund me',
  shown: 'refund_order(order_id: 30657997)',
  signals: [
    { statement: { template: '{0} failed', slots: [{ kind: 'tool', value: 'refund_order' }] } },
  ],
});

/** Only what the list reads. */
const analysis = {
  command: null,
  clusters: [cluster, { ...cluster, rank: 2 }],
  failures: Array.from({ length: 100 }, (_, index) => failure(`t${index}`)),
  failedCount: 100,
  headline: {
    fix: fixFirst({ title: cluster.title, failures: 50, failed: 100, interval: [0.4, 0.6] }),
    change: null,
    rates: null,
    tenants: null,
    coverage: coverage({ traces: 200, failed: 100, sampled: 100, known: 100 }),
  },
  funnel: [
    { name: 'eligible', count: 200, dropped: [] },
    { name: 'failed', count: 100, dropped: [] },
  ],
  options: { all: false, algorithm: 'hdbscan', minClusterSize: 5 },
  traffic: { facets: [] },
  level: 0,
  levels: [],
  formula: 'priority = failures per 1,000 traces × severity',
  rules: [],
  measures: [],
  problems: [],
  problemCount: 0,
  remarks: [],
  recorders: [],
  judging: null,
  detectors: [],
  suspects: { count: 0, byCategory: [] },
  gaps: [],
} as unknown as Analysis;

const listOf = (changed: object = {}, options: Partial<RankedListOptions> = {}): string =>
  stripVTControlCharacters(
    rankedList({ ...analysis, ...changed } as Analysis, {
      top: 10,
      width: 140,
      isTerminal: true,
      command: givenCommand(['analyze', 'traces.jsonl']),
      report: null,
      ...options,
    }),
  );

describe('the table', () => {
  test.each([
    { width: 140, heads: ['root cause', 'share of failures', 'severity', 'priority', 'fix in'] },
    { width: 96, heads: ['root cause', 'share of failures', 'severity', 'priority', 'fix in'] },
    { width: 84, heads: ['root cause', 'share of failures', 'severity', 'priority'] },
    { width: 60, heads: ['root cause', 'share of failures'] },
  ])('shows $heads in $width columns', ({ width, heads }) => {
    const lines = listOf({}, { width }).split('\n');
    const head = lines.find((line) => line.startsWith('#')) ?? '';
    expect(head.trim().split(/ {2,}/).slice(1)).toEqual(heads);
  });

  test.each([60, 80, 110, 140])('no line is wider than %i columns', (width) => {
    const long = {
      ...cluster,
      title: `${'word '.repeat(40)}${'x'.repeat(200)}`,
      population: 1_234_567,
    };
    const text = listOf(
      {
        clusters: [long],
        problems: [{ file: 'f', line: 3, code: 'broken_json', message: 'not JSON '.repeat(60) }],
        problemCount: 1,
        gaps: [{ kind: 'no_output', count: 3 }],
      },
      { width },
    );
    expect(text.split('\n').filter((line) => line.trimEnd().length > width)).toEqual([]);
    expect(text).toContain('1,234,567 traces');
  });

  test('a quote ends after two lines of a terminal, and is whole in a pipe', () => {
    const shown = `The agent said: ${'and then more '.repeat(40)}and the end.`;
    const clusters = [{ ...cluster, evidence: [{ ...cluster.evidence[0], shown }] }];
    expect(listOf({ clusters })).toContain('…”');
    expect(listOf({ clusters })).not.toContain('the end.');
    const piped = listOf({ clusters }, { isTerminal: false }).replaceAll(/\s+/g, ' ');
    expect(piped).toContain('the end.”');
    expect(piped.match(/\bmore\b/g)?.length).toBe(40);
  });

  test('priorities have two digits', () => {
    const text = listOf({ clusters: [{ ...cluster, priority: 0.8432, share: 0.0042 }] });
    expect(text).toMatch(/ 0\.84 /);
    expect(text).toMatch(/ 0\.42% /);
  });

  test('a cause shows its first reason, or without one in which layer such causes are usually fixed', () => {
    expect(listOf({ clusters: [cluster] })).toContain('Likely because the argument');
    const without = { ...cluster, why: [], layer: 'unknown', usualLayer: 'prompt' };
    expect(listOf({ clusters: [without] })).toMatch(/usually\s+.*prompt/);
  });

  test('what has no proven cause stands apart and has no rank', () => {
    const text = listOf({
      clusters: [
        { ...cluster, state: 'tested' },
        { ...cluster, rank: null, state: null, meets: null, title: 'Score `depth` is too low' },
      ],
    });
    expect(text).toContain('50 of 100 failed, 0 of 100 others; tested against chance');
    expect(text).toMatch(/\nFailed, cause not yet known\s*\n – {2,}Score `depth` is too low/);
  });
});

describe('the first lines', () => {
  test('say what to fix first, in the words of the report', () => {
    expect(listOf().trim().split('\n').slice(0, 2)).toEqual([
      `Fix first: ${cluster.title} (50 of 100 failures, 40–60%)`,
      '200 traces read, 100 failed; 100 have a known cause, 0 do not',
    ]);
  });

  test('say that nothing failed, and how to say what a failure is', () => {
    const text = listOf({
      clusters: [],
      failures: [],
      failedCount: 0,
      headline: { ...analysis.headline, fix: null },
      measures: [
        { name: 'groundedness', from: 'score', traces: 9, range: [0.1, 1], words: [] },
        { name: 'price', from: 'column', traces: 9, range: [1, 90], words: [] },
        { name: 'label', from: 'column', traces: 9, range: null, words: ['PASS', 'FAIL'] },
      ],
    });
    expect(text).toContain('Nothing fails in 200 traces');
    expect(text).toContain('try culprit analyze traces.jsonl --score "groundedness<0.5"');
    expect(text).toContain('try culprit analyze traces.jsonl --score label=FAIL');
    expect(text).toContain('try culprit analyze traces.jsonl --all');
    expect(text).not.toMatch(/price|priority/);
  });

  test('a few failures are listed', () => {
    const text = listOf({
      clusters: [],
      failures: [failure('one'), failure('two')],
      failedCount: 2,
      headline: { ...analysis.headline, fix: null },
    });
    expect(text).toContain('2 of 200 traces failed');
    expect(text.match(/`refund_order` failed/g)?.length).toBe(2);
    expect(text).toContain('“refund_order(order_id: 30657997)”');
    expect(text).toContain('trace two');
  });
});

describe('groups of all traces', () => {
  const all = {
    options: { ...analysis.options, all: true },
    failedCount: 30,
    clusters: [
      {
        ...cluster,
        title: 'Similar traces: “sum”',
        failedShare: 0.2,
        failedShareInterval: [0.1, 0.35],
        severity: null,
        layer: 'unknown',
        usualLayer: 'unknown',
        why: [],
        state: null,
      },
    ],
    formula: 'groups come in the order of their size',
  };

  test('show the share that failed, no severity and no fix', () => {
    const text = listOf(all);
    expect(text).toContain('200 traces in 1 group; 30 failed (15%)');
    expect(text).toMatch(/what the traces share +share of traces +failed/);
    expect(text).toMatch(/20%.*\n.*10–35%/);
    expect(text).not.toMatch(/fix|severity|●|cause|failures/i);
  });
});

describe('notes', () => {
  test('suspects are counted apart', () => {
    const text = listOf({
      suspects: { count: 7, byCategory: [{ category: 'user_frustration', count: 7 }] },
    });
    expect(text).toContain('7 suspects, not counted as failed: user_frustration 7');
  });

  test('each rule says what it caught', () => {
    expect(listOf({ rules: [{ rule: 'groundedness<0.6', judged: 600, failed: 174 }] })).toContain(
      'rule groundedness<0.6: fails 174 of 600 traces that have it',
    );
  });

  test('what was read but not understood is named, apart from records that are broken', () => {
    const text = listOf({
      problems: [
        { file: 'f', line: 2, code: 'broken_json', message: 'this line is not JSON' },
        {
          file: 'f',
          line: 1,
          code: 'unknown_part',
          message: 'in 12 traces the answer has an unknown shape: `output.parts[].kind`',
        },
      ],
      problemCount: 2,
    });
    expect(text).toContain('In 12 traces the answer has an unknown shape: `output.parts[].kind`');
    expect(text).toContain('1 record could not be used; first: f:2: this line is not JSON');
  });

  test('k-means says where it has nothing to do', () => {
    const options = { ...analysis.options, algorithm: 'kmeans' };
    const clusters = [{ ...cluster, id: 'c-1' }];
    expect(listOf({ options, clusters })).toContain(
      'k-means had nothing to do: 0 failures without a known cause; the other 100 failures share',
    );
    expect(listOf({ options, clusters: [{ ...cluster, id: 'c-1', state: null }] })).not.toContain(
      'k-means',
    );
  });
});

test('names the comparison of versions where there are two, in one file', () => {
  const listed = (files: readonly string[], changes: readonly object[]): string =>
    rankedList(
      {
        ...analysis,
        command: { files, flags: [] },
        options: { ...analysis.options, scores: [] },
        traffic: { facets: [{ dimension: 'promptVersion', changes }] },
      } as unknown as Analysis,
      {
        width: 110,
        top: 10,
        report: null,
        command: givenCommand(['analyze', ...files]),
      } as RankedListOptions,
    );
  const line = 'next culprit diff a.jsonl --by promptVersion  #';
  expect(listed(['a.jsonl'], [{ from: 'v1', to: 'v2' }])).toContain(line);
  expect(listed(['a.jsonl'], [])).not.toContain('culprit diff');
  expect(listed(['a.jsonl', 'b.jsonl'], [{ from: 'v1', to: 'v2' }])).not.toContain('culprit diff');
});
