import { expect, test } from 'vitest';
import type { DefinitionRow } from '../../store/telemetry/telemetry.ts';
import { sentDefinitions } from './sent-definitions.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 6, 1, 12);
const LIMITS = { texts: 2, versions: 3, names: 2, remembered: 100 };

const row = (over: Partial<DefinitionRow> = {}): DefinitionRow => ({
  ...{ project: 'p', traceId: 't', kind: 'prompt', name: 'support', version: 'v1' },
  ...{ hash: 'a', text: 'Be brief.', size: 9, first: NOW, last: NOW, expires: NOW },
  ...over,
});
const at = (time: number): Partial<DefinitionRow> => ({ first: time, last: time });

test('a text is stored once, and again when it is seen an hour earlier or later', () => {
  const sent = sentDefinitions(LIMITS);
  const isSent = (over: Partial<DefinitionRow>) => sent.take([row(over)], NOW).length === 1;
  expect(isSent({})).toBe(true);
  expect(isSent({ traceId: 'u' })).toBe(false);
  expect(isSent({ project: 'q' })).toBe(true);
  expect(isSent({ kind: 'tool' })).toBe(true);
  expect(isSent(at(NOW + HOUR - 1))).toBe(false);
  expect(isSent(at(NOW + HOUR))).toBe(true);
  expect(isSent(at(NOW + HOUR + 1))).toBe(false);
  expect(isSent(at(NOW - HOUR))).toBe(true);
  sent.forget();
  expect(isSent({})).toBe(true);
});

test('what comes beyond a limit leaves one row that says so, until the next day', () => {
  const sent = sentDefinitions(LIMITS);
  const take = (overs: readonly Partial<DefinitionRow>[], received = NOW) =>
    sent
      .take(overs.map(row), received)
      .map(({ name, version, hash, text }) => [name, version, hash, text === '']);
  expect(take(['a', 'b', 'c', 'd', 'a'].map((hash) => ({ hash })))).toEqual([
    ...[
      ['support', 'v1', 'a', false],
      ['support', 'v1', 'b', false],
    ],
    ['support', 'v1', '', true],
  ]);
  expect(take(['v2', 'v3', 'v4', 'v5'].map((version) => ({ version })))).toEqual([
    ...[
      ['support', 'v2', 'a', false],
      ['support', 'v3', 'a', false],
    ],
    ['support', '', '', true],
  ]);
  expect(take(['sales', 'legal', 'other'].map((name) => ({ name })))).toEqual([
    ['sales', 'v1', 'a', false],
    ['', '', '', true],
  ]);
  expect(take([{ version: 'v5' }], NOW + 24 * HOUR)).toEqual([['support', 'v5', 'a', false]]);
});

test('what is remembered is bounded', () => {
  const sent = sentDefinitions({ ...LIMITS, names: 1000, remembered: 10 });
  for (let nth = 0; nth < 11; nth++) sent.take([row({ name: `n${nth}` })], NOW);
  expect(sent.take([row({ name: 'n10' })], NOW)).toHaveLength(1);
  expect(sent.take([row({ name: 'n10' })], NOW)).toHaveLength(0);
});
