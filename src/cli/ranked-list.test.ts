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
  remarks: [],
  judging: null,
  detectors: [],
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
