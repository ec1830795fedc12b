import { describe, expect, test } from 'vitest';
import type { LedgerScore } from '../../contract/ledger.ts';
import { type Trend, trendSchema } from '../../contract/trend.ts';
import { nextBinomial } from '../../numeric/random/binomial.ts';
import { nextFloat, nextNormal, seedRandom } from '../../numeric/random/random.ts';
import { statementText } from '../../text/statement.ts';
import { makeCauses } from '../testing/causes.ts';
import { type LedgerRow, makeLedger } from '../testing/ledger.ts';
import { trendOf } from './trend.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 5, 1);

/** Days of traces; on each, a cause fails at its rate. */
function daily(
  perDay: readonly number[],
  rates: readonly (readonly number[])[],
  more: (day: number, state: Uint32Array) => LedgerRow = () => ({}),
  seed = 1,
) {
  const state = seedRandom(seed);
  const rows: LedgerRow[] = [];
  const events: (readonly [row: number, cause: number])[] = [];
  for (const [day, traces] of perDay.entries()) {
    let next = rows.length;
    const failures = rates.map((rate) => nextBinomial(state, traces, rate[day]!));
    for (const [cause, count] of failures.entries())
      for (let failure = 0; failure < count; failure += 1) events.push([next++, cause]);
    const failed = next - rows.length;
    for (let trace = 0; trace < traces; trace += 1)
      rows.push({
        startTime: FIRST + day * DAY + Math.floor((trace * DAY) / traces),
        failed: Number(trace < failed),
        ...more(day, state),
      });
  }
  return { rows, events };
}

const trend = (
  { rows, events }: ReturnType<typeof daily>,
  by: string,
  causes: number,
  scores: readonly LedgerScore[] = [],
): Trend =>
  trendOf({
    ledger: { ...makeLedger(rows), scores },
    causesBy: () => makeCauses(causes, events),
    by,
    noRates: null,
    toolVersion: '0.0.0',
  });

const repeat = (count: number, value: number): number[] => Array<number>(count).fill(value);

describe('traces that are in no group', () => {
  test('of values that are not shown are not traces without a value', () => {
    const rows = Array.from(
      { length: 330 },
      (_, at): LedgerRow => ({
        ...(at < 320 && { promptVersion: `v${at % 32}` }),
      }),
    );
    const found = trend({ rows, events: [] }, 'promptVersion', 0);
    expect(found.groups).toHaveLength(30);
    expect(found).toMatchObject({ traces: 300, without: 10 });
    expect(found.remarks).toEqual(['2 more values of promptVersion with 20 traces not shown']);
  });

  test('have no time, and the first sentence says so', () => {
    const found = trend({ rows: [{}, {}], events: [] }, 'day', 0);
    expect(found).toMatchObject({ groups: [], traces: 0, without: 2 });
    expect(statementText(found.headline)).toBe('No trace has a time');
  });
});

describe('over days', () => {
  const data = daily(
    repeat(20, 300),
    [[...repeat(12, 0.02), ...repeat(8, 0.08)], repeat(20, 0.03)],
    (day) => ({ promptVersion: day < 12 ? 'v3' : 'v4', model: 'm1' }),
  );
  const found = trend(data, 'day', 2);

  test('a rate that moved has a change point there, with the version that appeared', () => {
    const [grown, steady] = found.causes;
    expect(grown!.changePoints).toMatchObject([
      { group: 12, time: FIRST + 12 * DAY, releases: ['v4'] },
    ]);
    expect(grown!.segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 12],
      [12, 20],
    ]);
    expect(steady!.changePoints).toEqual([]);
    expect(steady!.segments).toHaveLength(1);
    expect(statementText(found.headline)).toMatch(
      /^Cause c0 rose on June 13, from 2\d? to [78]\d per 1,000 traces, with v4$/,
    );
  });

  test('agrees with its schema', () => {
    expect(trendSchema.parse(found)).toEqual(found);
  });

  test('rates and pass shares are those of the day', () => {
    const [cell] = found.causes[0]!.cells;
    const events = data.events.filter(([row, cause]) => cause === 0 && row < 300).length;
    expect(cell).toMatchObject({ failures: events });
    expect(cell!.ratePerThousand).toBeCloseTo((1000 * events) / 300, 3);
    expect(cell!.passShare).toBeCloseTo(1 - events / 300, 3);
    expect(found.groups.map(({ name }) => name).slice(0, 2)).toEqual(['2026-06-01', '2026-06-02']);
  });

  test('versions that were there from the beginning are no releases', () => {
    expect(found.releases).toMatchObject([
      { dimension: 'promptVersion', value: 'v4', group: 12, traces: 2_400 },
    ]);
  });

  test('days without traces are there, and cost nothing', () => {
    const gap = trend(
      daily([200, 0, 0, 200, 200, 200, 200, 200, 200], [repeat(9, 0.05)]),
      'day',
      1,
    );
    expect(gap.groups.map(({ traces }) => traces)).toEqual([200, 0, 0, ...repeat(6, 200)]);
    expect(gap.causes[0]!.cells[1]).toMatchObject({ failures: 0, ratePerThousand: null });
    expect(gap.causes[0]!.changePoints).toEqual([]);
  });

  test('too little shows no change points at all', () => {
    const few = trend(daily(repeat(20, 3), [repeat(20, 0.1)]), 'day', 1);
    expect(few.causes[0]!.changePoints).toBe(null);
    expect(statementText(few.headline)).toBe('There is too little to see a change over time');
  });

  test('constant rates hardly ever show a change on the whole page', () => {
    let alarms = 0;
    for (let run = 0; run < 30; run += 1) {
      const constant = daily(
        repeat(14, 120),
        repeat(6, 0.04).map((rate) => repeat(14, rate)),
        undefined,
        run,
      );
      const { causes, failing } = trend(constant, 'day', 6);
      if ([failing, ...causes].some(({ changePoints }) => changePoints!.length > 0)) alarms += 1;
    }
    // 5% are 1.5; more than 5 would have a chance of 1 in 300.
    expect(alarms).toBeLessThanOrEqual(5);
  });
});

test('by version: rates in order of appearance, and what changed last', () => {
  const data = daily(
    repeat(3, 900),
    [
      [0.05, 0.05, 0.12],
      [0.04, 0.04, 0.04],
    ],
    (day) => ({ promptVersion: ['v9', 'v10', 'v11'][day]! }),
  );
  const found = trend(data, 'promptVersion', 2);
  expect(found.groups.map(({ name, traces }) => [name, traces])).toEqual([
    ['v9', 900],
    ['v10', 900],
    ['v11', 900],
  ]);
  expect(found.isTime).toBe(false);
  expect(found.causes[0]!.changePoints).toBe(null);
  expect(statementText(found.headline)).toBe('v10 → v11: one cause grown');
});

describe('scores', () => {
  const state = seedRandom(4);
  const data = daily(repeat(24, 60), [repeat(24, 0.05)], (day) => ({
    promptVersion: day < 10 ? 'v1' : 'v2',
  }));
  const rows = Int32Array.from(data.rows, (_, row) => row);
  const dayOf = (row: number): number => Math.floor(row / 60);
  const scores: readonly LedgerScore[] = [
    {
      name: 'groundedness',
      rows,
      values: Float64Array.from(
        rows,
        (row) => (dayOf(row) < 10 ? 0.8 : 0.6) + 0.1 * nextNormal(state),
      ),
    },
    {
      name: 'correct',
      rows: rows.slice(0, 700),
      values: Float64Array.from(rows.slice(0, 700), () => Number(nextFloat(state) < 0.9)),
    },
  ];

  test('by version have means with intervals that hold the truth', () => {
    const { scores: found } = trend(data, 'promptVersion', 1, scores);
    const [grounded, correct] = found;
    expect(grounded).toMatchObject({ name: 'groundedness', good: 'high', changePoints: null });
    for (const [cell, truth] of [
      [grounded!.cells[0]!, 0.8],
      [grounded!.cells[1]!, 0.6],
      [correct!.cells[0]!, 0.9],
    ] as const) {
      expect(cell.interval![0]).toBeLessThan(truth);
      expect(cell.interval![1]).toBeGreaterThan(truth);
    }
    expect(grounded!.cells.map(({ traces }) => traces)).toEqual([600, 840]);
  });

  test('have rolling means of seven days', () => {
    const { scores: found, rolling } = trend(data, 'promptVersion', 1, scores);
    expect(rolling).toBe('7 days');
    const [grounded] = found;
    const values = [...scores[0]!.values].slice(60 * 3, 60 * 10);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(grounded!.rolling[9]).toMatchObject({ start: FIRST + 9 * DAY, traces: 420 });
    expect(grounded!.rolling[9]!.mean).toBeCloseTo(mean, 3);
  });

  test('over time show where they moved', () => {
    const { scores: found } = trend(data, 'day', 1, scores);
    expect(found[0]!.changePoints).toMatchObject([{ group: 10, releases: ['v2'] }]);
    expect(found[1]!.changePoints).toEqual([]);
  });
});
