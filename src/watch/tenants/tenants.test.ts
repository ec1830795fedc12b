import { describe, expect, test } from 'vitest';
import type { Tenants } from '../../contract/tenants.ts';
import { nextFloat, seedRandom } from '../../numeric/random/random.ts';
import { binomialAtLeast } from '../../numeric/statistics/binomial.ts';
import { statementText } from '../../text/statement.ts';
import { makeCauses } from '../testing/causes.ts';
import { type LedgerRow, makeLedger } from '../testing/ledger.ts';
import { tenantTable } from './tenants.ts';

const tableFrom = (
  rows: readonly LedgerRow[],
  events: readonly (readonly [row: number, cause: number])[],
  causes: number,
): Tenants =>
  tenantTable({
    ledger: makeLedger(rows),
    causesBy: () => makeCauses(causes, events),
    noRates: null,
    toolVersion: '0.0.0',
  });

/** A table from numbers of traces by tenant, and of failures by cause and tenant. */
function tableOf(
  traces: Readonly<Record<string, number>>,
  failures: readonly (readonly number[])[],
): Tenants {
  const rows: LedgerRow[] = [];
  const events: (readonly [row: number, cause: number])[] = [];
  for (const [column, [tenant, count]] of Object.entries(traces).entries()) {
    const first = rows.length;
    for (let trace = 0; trace < count; trace += 1) rows.push({ tenant });
    let next = first;
    for (const [index, row] of failures.entries())
      for (let failure = 0; failure < row[column]!; failure += 1) events.push([next++, index]);
  }
  return tableFrom(rows, events, failures.length);
}

const cellOf = ({ tenants, causes }: Tenants, row: number, tenant: string) =>
  causes[row]!.cells[tenants.findIndex(({ name }) => name === tenant)]!;

describe('causes by tenant', () => {
  const table = tableOf({ acme: 400, beta: 300, gamma: 300 }, [
    [60, 15, 15],
    [40, 0, 0],
    [20, 15, 15],
  ]);

  test('have rates, lifts and standings', () => {
    expect(cellOf(table, 0, 'acme')).toMatchObject({
      failures: 60,
      ratePerThousand: 150,
      expected: 20,
      lift: 3,
      standing: 'more',
    });
    expect(cellOf(table, 1, 'acme')).toMatchObject({ lift: null, standing: 'only here' });
    expect(cellOf(table, 1, 'beta')).toMatchObject({ failures: 0, lift: 0, standing: 'less' });
    expect(table.causes.map(({ reach }) => reach)).toEqual([
      'stands out',
      'only here',
      'everywhere',
    ]);
    expect(statementText(table.headline)).toBe('acme: two causes stand out, one only there');
  });

  test('of tenants with few traces are counted together', () => {
    const few = tableOf({ acme: 100, beta: 90, c: 12, d: 9, e: 3 }, [[10, 9, 6, 3, 0]]);
    expect(few.tenants.map(({ name, traces }) => [name, traces])).toEqual([
      ['acme', 100],
      ['beta', 90],
      ['3 others', 24],
    ]);
    expect(cellOf(few, 0, '3 others').failures).toBe(9);
  });

  test('a small tenant alone takes the next with it: the totals would give it away', () => {
    const two = tableOf({ acme: 100, beta: 90, c: 12 }, [[10, 9, 6]]);
    expect(two.tenants.map(({ name }) => name)).toEqual(['acme', '2 others']);
    const one = tableOf({ acme: 100, c: 12 }, [[10, 6]]);
    expect(one.tenants.map(({ name }) => name)).toEqual(['2 tenants']);
    expect(statementText(one.headline)).toBe(
      'There are too few traces of each tenant to compare them',
    );
  });

  test('one hidden of two would be the total minus the other: both are hidden', () => {
    const two = tableOf({ acme: 100, beta: 90 }, [
      [20, 3],
      [30, 25],
    ]);
    expect(two.causes.map(({ cells }) => cells.map(({ isHidden }) => isHidden))).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(JSON.stringify(two)).not.toContain('"failures":3,');
  });

  test('without any tenant there is no table', () => {
    const none = tableFrom([{}, {}], [[0, 0]], 1);
    expect(none).toMatchObject({ tenants: [], withoutTenant: 2, traces: 0 });
    expect(statementText(none.headline)).toBe('No trace names a tenant');
  });
});

test('a lift compares with the rest at the same mix of traffic', () => {
  const rows: LedgerRow[] = [];
  const events: (readonly [row: number, cause: number])[] = [];
  const add = (tenant: string, operation: string, traces: number, failures: number): void => {
    for (let at = 0; at < failures; at += 1) events.push([rows.length + at, 0]);
    for (let at = 0; at < traces; at += 1) rows.push({ tenant, operation });
  };
  // Refunds fail in 20% of traces, questions in 2%, for everyone; acme has more refunds.
  add('acme', 'refund', 400, 80);
  add('acme', 'question', 100, 2);
  add('beta', 'refund', 100, 20);
  add('beta', 'question', 900, 18);
  const table = tableFrom(rows, events, 1);
  expect(table.mix).toEqual(['operation']);
  expect(cellOf(table, 0, 'acme')).toMatchObject({ ratePerThousand: 164, lift: 1 });
  expect(cellOf(table, 0, 'beta')).toMatchObject({ ratePerThousand: 38, lift: 1 });
  expect(table.causes[0]!.reach).toBe('everywhere');
});

test('where nothing differs, at most 5% of tables say that something does', () => {
  const tables = 200;
  let alarms = 0;
  for (let run = 0; run < tables; run += 1) {
    const state = seedRandom(9, run);
    const rows: LedgerRow[] = [];
    const events: (readonly [row: number, cause: number])[] = [];
    for (let row = 0; row < 700; row += 1) {
      const operation = nextFloat(state) < 0.3 ? 'refund' : 'question';
      rows.push({ tenant: 'abcd'[Math.floor(4 * nextFloat(state) ** 2)]!, operation });
      const draw = nextFloat(state);
      const index = [0.06, 0.1, 0.12].findIndex((limit) => draw < limit);
      if (index >= 0) events.push([row, index]);
    }
    const { causes: found } = tableFrom(rows, events, 3);
    if (found.some(({ cells }) => cells.some(({ q }) => q !== null && q < 0.05))) alarms += 1;
  }
  expect(binomialAtLeast(alarms, tables, 0.05), `${alarms} false alarms`).toBeGreaterThan(0.01);
});

describe('hidden counts', () => {
  /** Moves one failure around a rectangle, so that no total changes. */
  const moved = (
    failures: readonly (readonly number[])[],
    [row, column]: readonly [number, number],
    [otherRow, otherColumn]: readonly [number, number],
    by: number,
  ): readonly (readonly number[])[] =>
    failures.map((each, r) =>
      each.map((value, c) => {
        if (r !== row && r !== otherRow) return value;
        if (c !== column && c !== otherColumn) return value;
        return value + ((r === row) === (c === column) ? by : -by);
      }),
    );

  test('leave no trace in the figures: with others in their place, not a byte differs', () => {
    let compared = 0;
    for (let run = 0; run < 10; run += 1) {
      const state = seedRandom(11, run);
      const failures = Array.from({ length: 4 }, () =>
        Array.from({ length: 4 }, () => Math.floor(40 * nextFloat(state) ** 2)),
      );
      const traces = { acme: 300, beta: 290, gamma: 280, delta: 270 };
      const table = tableOf(traces, failures);
      for (const [r, row] of failures.entries())
        for (const [c, value] of row.entries()) {
          if (value < 1 || value > 4) continue;
          expect(table.causes[r]!.cells[c]).toMatchObject({ isHidden: true, failures: null });
          for (const corner of rectangles(r, c))
            for (const by of [1, -1]) {
              const changed = moved(failures, [r, c], corner, by);
              if (changed.flat().some((each) => each < 0)) continue;
              const other = tableOf(traces, changed);
              if (hiddenIn(other) !== hiddenIn(table) || !isHiddenThere(table, failures, changed))
                continue;
              compared += 1;
              expect(JSON.stringify(other)).toBe(JSON.stringify(table));
            }
        }
    }
    expect(compared).toBeGreaterThan(30);
  });

  const hiddenIn = ({ causes }: Tenants): string =>
    JSON.stringify(causes.map(({ cells }) => cells.map(({ isHidden }) => isHidden)));

  /** Only hidden counts differ. */
  const isHiddenThere = (
    { causes }: Tenants,
    before: readonly (readonly number[])[],
    after: readonly (readonly number[])[],
  ): boolean =>
    before.every((row, r) =>
      row.every((value, c) => value === after[r]![c]! || causes[r]!.cells[c]!.isHidden),
    );

  const rectangles = (row: number, column: number) =>
    [0, 1, 2, 3].flatMap((r) =>
      [0, 1, 2, 3].flatMap((c) => (r === row || c === column ? [] : [[r, c] as const])),
    );
});
