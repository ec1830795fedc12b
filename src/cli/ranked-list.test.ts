import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import type { Analysis } from '../contract/analysis.ts';
import { rankedList } from './ranked-list.ts';

const cluster = {
  rank: 1,
  title: '`refund_order` called with the value of another field in `order_id`',
  share: 0.5,
  shareInterval: [0.4, 0.6],
  size: 50,
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
  evidence: [{ path: '/messages/1/toolCalls/0/arguments/order_id', quote: '30657997' }],
};

/** Only what the list reads. */
const analysis = {
  clusters: [cluster, { ...cluster, rank: 2 }],
  funnel: [
    { name: 'eligible', count: 200, dropped: [] },
    { name: 'failed', count: 100, dropped: [] },
  ],
  level: 0,
  levels: [],
  formula: 'priority = failures per 1,000 traces × severity',
  problems: [],
  judging: null,
  detectors: [],
  suspects: { count: 0, byCategory: [] },
  gaps: [],
} as unknown as Analysis;

test.each([
  { width: 140, heads: ['root cause', 'share of failures', 'severity', 'priority', 'fix in'] },
  { width: 96, heads: ['root cause', 'share of failures', 'severity', 'priority', 'fix in'] },
  { width: 80, heads: ['root cause', 'share of failures', 'severity', 'priority'] },
  { width: 60, heads: ['root cause', 'share of failures'] },
])('a terminal of $width columns shows $heads without a broken line', ({ width, heads }) => {
  const text = rankedList(analysis, { top: 10, width, reportPath: null });
  const lines = stripVTControlCharacters(text).split('\n');
  const start = lines.findIndex((line) => line.startsWith('#'));
  const table = lines.slice(start, lines.indexOf(analysis.formula));
  expect(table[0]?.trim().split(/ {2,}/).slice(1)).toEqual(heads);
  expect(table.filter((line) => line.length > width)).toEqual([]);
});

test('a cause shows its first reason, or without one in which layer such causes are usually fixed', () => {
  const shown = (parts: object): string =>
    stripVTControlCharacters(
      rankedList({ ...analysis, clusters: [{ ...cluster, ...parts }] } as unknown as Analysis, {
        top: 10,
        width: 140,
        reportPath: null,
      }),
    );
  expect(shown({})).toContain('Likely because the argument');
  expect(shown({})).toContain('fix cause 1 in the tool layer');
  const without = shown({ why: [], layer: 'unknown', usualLayer: 'prompt' });
  expect(without).toMatch(/usually\s+.*prompt/);
  expect(without).toContain('fix cause 1; 50% of failures have it');
});

const listOf = (changed: Partial<Analysis>): string =>
  stripVTControlCharacters(
    rankedList({ ...analysis, ...changed } as Analysis, { top: 10, width: 140, reportPath: null }),
  );

test('a cause found by contrast says how it was tested, and leftovers have no rank', () => {
  const [first] = analysis.clusters;
  const text = listOf({
    clusters: [
      { ...first!, state: 'tested' },
      { ...first!, rank: null, state: null, meets: null, title: 'Failed, cause not yet known' },
    ],
  });
  expect(text).toContain('50 of 100 failed, 0 of 100 others; tested against chance');
  expect(text).toMatch(/ – {2,}Failed, cause not yet known/);
  expect(text).toContain('1 cause explains 50% of them');
});

test('suspects are counted apart', () => {
  const text = listOf({
    suspects: { count: 7, byCategory: [{ category: 'user_frustration', count: 7 }] },
  });
  expect(text).toContain('7 suspects, not counted as failed: user_frustration 7');
});
