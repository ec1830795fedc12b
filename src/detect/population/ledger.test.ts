import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FACTS } from '../../contract/fact-rows.ts';
import type { Ledger } from '../../contract/ledger.ts';
import type { Trace } from '../../contract/trace.ts';
import { assistant, call, makeScore, makeTrace } from '../../testing/trace.ts';
import { LedgerTally } from './ledger.ts';

const BY = { by: 'metadata.experiment' };

/** Trace `index`: a version of three, a tenant of five or none, nested metadata, two tools. */
const traceOf = (index: number): Trace =>
  makeTrace({
    id: `t${index}`,
    startTime: index % 4 === 0 ? null : 1_000 + index,
    promptVersion: `v${(index % 3) + 8}`,
    tenant: index % 5 === 0 ? null : `tenant ${index % 5}`,
    input: `Question ${index}: how do I get the money for my order back?`,
    scores:
      index % 3 === 0
        ? [
            makeScore({ name: 'groundedness', value: index }),
            makeScore({ name: 'groundedness', value: index + 1 }),
            makeScore({ name: 'correct', label: index % 2 === 0 ? 'pass' : 'fail' }),
            makeScore({ name: 'topic', label: 'shipping' }),
          ]
        : [],
    metadata: { experiment: `arm ${index % 2}`, app: { region: index % 7 === 0 ? 'eu' : 'us' } },
    messages: [assistant('', call('search', {}), call(index % 2 === 0 ? 'refund' : 'search', {}))],
  });

const isFailed = (index: number): boolean => index % 6 === 1;

function tallyOf(indices: readonly number[]): LedgerTally {
  const tally = new LedgerTally(BY, 1, null);
  for (const index of indices)
    tally.add(traceOf(index), index, isFailed(index), () => ({ ...NO_FACTS, facts: [index] }));
  return tally;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const recorded = (ledger: Ledger, name: string, row: number): string | null => {
  const column = ledger.columns.find((each) => each.name === name)!;
  return column.values[column.at[row]!] ?? null;
};

describe('a ledger', () => {
  test('keeps what was recorded about every trace, and facts of the failed ones', () => {
    const ledger = tallyOf(upTo(40)).finish();
    expect([ledger.rows, ledger.eligible, ledger.tooMany]).toEqual([40, 40, []]);
    for (const row of upTo(40)) {
      const trace = traceOf(row);
      expect(recorded(ledger, 'promptVersion', row)).toBe(trace.promptVersion);
      expect(recorded(ledger, 'tenant', row)).toBe(trace.tenant);
      expect(recorded(ledger, 'metadata.experiment', row)).toBe(`arm ${row % 2}`);
      expect(recorded(ledger, 'metadata.app.region', row)).toBe(row % 7 === 0 ? 'eu' : 'us');
      expect(ledger.startTime[row]).toBe(trace.startTime ?? Number.NaN);
      expect(ledger.failed[row]).toBe(Number(isFailed(row)));
    }
    expect(ledger.columns.find(({ name }) => name === 'promptVersion')?.values).toEqual([
      'v8',
      'v9',
      'v10',
    ]);
    const [tools] = ledger.lists;
    expect(tools?.values).toEqual(['refund', 'search']);
    expect([...tools!.items.slice(0, tools!.ends[1])]).toEqual([0, 1, 1]);
    expect(ledger.scores.map(({ name }) => name)).toEqual(['correct', 'groundedness']);
    const [correct, grounded] = ledger.scores;
    expect([...grounded!.rows]).toEqual(upTo(40).filter((row) => row % 3 === 0));
    expect([...grounded!.values].slice(0, 3)).toEqual([0.5, 3.5, 6.5]);
    expect([...correct!.values].slice(0, 3)).toEqual([1, 0, 1]);
    expect(ledger.failures.map(({ row, id, facts }) => [row, id, facts.facts])).toEqual(
      upTo(40)
        .filter(isFailed)
        .map((row) => [row, `t${row}`, [row]]),
    );
  });

  test('is the same however the traces are shared out, in any order', () => {
    const whole = tallyOf(upTo(60)).finish();
    fc.assert(
      fc.property(
        fc.shuffledSubarray(upTo(60), { minLength: 60 }),
        fc.nat(60),
        fc.nat(60),
        (order, one, other) => {
          const [first, second] = [Math.min(one, other), Math.max(one, other)];
          const parts = [order.slice(0, first), order.slice(first, second), order.slice(second)];
          const merged = new LedgerTally(BY, 1, null);
          for (const part of parts) merged.merge(structuredClone(tallyOf(part).state()));
          expect(merged.finish()).toEqual(whole);
        },
      ),
      { seed: 1, numRuns: 30 },
    );
  });

  test('leaves out attributes that tell traces apart, but never the one that sides are told by', () => {
    const fill = (from: number, to: number): LedgerTally => {
      const tally = new LedgerTally({ by: 'metadata.run' }, 1, null);
      for (let index = from; index < to; index += 1)
        tally.add(
          makeTrace({ id: `t${index}`, metadata: { run: `r${index}`, request: `q${index}` } }),
          index,
          false,
          () => NO_FACTS,
        );
      return tally;
    };
    const halves = fill(0, 700);
    halves.merge(fill(700, 1_400).state());
    for (const ledger of [fill(0, 1_400).finish(), halves.finish()]) {
      expect(ledger.tooMany).toEqual(['metadata.request']);
      expect(ledger.columns.find(({ name }) => name === 'metadata.run')?.values.length).toBe(1_400);
    }
  });

  test('of very many traces keeps a random draw', () => {
    const tally = new LedgerTally(BY, 1, 400_000);
    for (const index of upTo(2_000)) tally.add(traceOf(index), index, false, () => NO_FACTS);
    const { rows, eligible } = tally.finish();
    expect(eligible).toBe(2_000);
    // Half of them; five standard deviations are 112.
    expect(Math.abs(rows - 1_000)).toBeLessThan(112);
  });
});
