import { expect, test } from 'vitest';
import type { Change } from '../contract/traffic.ts';
import {
  coverage,
  failingShares,
  fixFirst,
  groupCoverage,
  whatChanged,
  whereStandsOut,
} from './headline.ts';
import { statementText } from './statement.ts';

test('what to fix first comes with its share and interval', () => {
  const title = '`refund_order` receives the account id';
  const fix = fixFirst({ title, failures: 218, failed: 517, interval: [0.379, 0.464] });
  expect(statementText(fix)).toBe(
    'Fix first: `refund_order` receives the account id (218 of 517 failures, 38–46%)',
  );
});

test.each<[Change['state'][], string]>([
  [['new', 'new', 'same'], 'v3 → v4: two new causes'],
  [['new'], 'v3 → v4: one new cause'],
  [['grown', 'gone', 'gone'], 'v3 → v4: one cause grown, two gone'],
  [['new', 'shrunk', 'cannot tell'], 'v3 → v4: one new cause, one shrunk'],
  [['gone', 'gone'], 'v3 → v4: two causes gone'],
  [['same', 'cannot tell'], 'v3 → v4: no cause changed'],
  [['cannot tell'], 'v3 → v4: no change can be told from chance'],
  [[], 'v3 → v4: no known cause to compare'],
  [Array(12).fill('new'), 'v3 → v4: 12 new causes'],
])('%j: %s', (states, expected) => {
  const changes = states.map((state) => ({ state }));
  expect(statementText(whatChanged({ from: 'v3', to: 'v4' }, changes))).toBe(expected);
});

test.each<[Readonly<Record<string, number>>, string]>([
  [{ acme: 0, beta: 0 }, 'no cause stands out at acme or beta'],
  [{ a: 0, b: 0, c: 0 }, 'no cause stands out at any of 3 tenants'],
  [{ acme: 1, beta: 0 }, 'acme: one cause stands out'],
  [{ acme: 1, beta: 2, c: 0 }, 'beta: two causes stand out, acme: one cause stands out'],
  [
    { a: 3, b: 2, c: 1, d: 1 },
    'a: three causes stand out, b: two causes stand out and others at 2 more tenants',
  ],
])('%j: %s', (causes, expected) => {
  const tenants = Object.entries(causes).map(([name, many]) => ({ name, causes: many }));
  expect(statementText(whereStandsOut(tenants))).toBe(expected);
});

test('shares of traces that fail', () => {
  const shares = failingShares({ value: 'v4', share: 0.237 }, { value: 'v3', share: 0.161 });
  expect(statementText(shares)).toBe('v4 fails in 24% of traces, v3 in 16%');
});

test.each([
  [
    { traces: 2_600, failed: 517, sampled: 517, known: 512 },
    '2,600 traces read, 517 failed; 512 have a known cause, 5 do not',
  ],
  [
    { traces: 98_600, failed: 1_328, sampled: 1_000, known: 940 },
    '98,600 traces read, 1,328 failed; of 1,000 looked at, 940 have a known cause, 60 do not',
  ],
  [{ traces: 3, failed: 0, sampled: 0, known: 0 }, '3 traces read, none failed'],
  [{ traces: 1, failed: 0, sampled: 0, known: 0 }, '1 trace read, none failed'],
  [
    { traces: 2, failed: 2, sampled: 2, known: 1 },
    '2 traces read, 2 failed; 1 has a known cause, 1 does not',
  ],
])('coverage of %j', (counts, expected) => {
  expect(statementText(coverage(counts))).toBe(expected);
});

test('with all traces, coverage speaks of groups', () => {
  expect(statementText(groupCoverage({ traces: 50, sampled: 50, grouped: 48 }))).toBe(
    '50 traces read; 48 are in groups of similar ones, 2 in none',
  );
  expect(statementText(groupCoverage({ traces: 5_000, sampled: 1_000, grouped: 900 }))).toBe(
    '5,000 traces read; of 1,000 looked at, 900 are in groups of similar ones, 100 in none',
  );
});
