import { describe, expect, test } from 'vitest';
import { diffSchema } from '../../contract/diff.ts';
import { statementText } from '../../text/statement.ts';
import { type Part, simulated } from '../testing/simulated.ts';
import { compareSides } from './compare.ts';

const NO_RATIO = { expectedShare: null };

const diffOf = (parts: readonly Part[], seed: number, expectedShare: number | null = null) => {
  const { run, sides } = simulated(parts, seed);
  return compareSides(run, sides, { expectedShare });
};

/** Both sides of one tenant: rates before and after. */
const sidesOf = (traces: number, before: readonly number[], after: readonly number[]): Part[] => [
  { side: 0, tenant: null, traces, rates: before },
  { side: 1, tenant: null, traces, rates: after },
];

/** Share of `trials` seeds for which it holds. */
function shareOf(trials: number, holds: (seed: number) => boolean): number {
  let found = 0;
  for (let seed = 1; seed <= trials; seed += 1) found += Number(holds(seed));
  return found / trials;
}

/** Traffic that moves from a tenant that hardly fails to one that often does. */
const SHIFT: readonly Part[] = [
  { side: 0, tenant: 'calm', traces: 1_600, rates: [0.01, 0.02] },
  { side: 0, tenant: 'busy', traces: 400, rates: [0.08, 0.02] },
  { side: 1, tenant: 'calm', traces: 900, rates: [0.01, 0.02] },
  { side: 1, tenant: 'busy', traces: 1_100, rates: [0.08, 0.02] },
];

describe('a comparison of two sides', () => {
  test('counts every failure once, and keeps its schema', () => {
    const diff = diffOf(sidesOf(2_000, [0.03, 0, 0.04, 0.08], [0.09, 0.05, 0, 0.08]), 1);
    expect(diffSchema.parse(diff)).toEqual(diff);
    for (const side of ['before', 'after'] as const) {
      const events = diff.causes.reduce((sum, cause) => sum + cause[side].events, 0);
      expect(events).toBe(diff[side].failed);
      for (const cause of diff.causes) expect(cause[side].exposures).toBe(2_000);
    }
    expect(diff.causes.map(({ title, state }) => [title, state])).toEqual([
      ['Cause 1', 'new'],
      ['Cause 0', 'grown'],
      ['Cause 2', 'gone'],
      ['Cause 3', 'same'],
    ]);
    expect(diff.counts).toEqual({
      ...{ new: 1, grown: 1, gone: 1, shrunk: 0, same: 1 },
      'cannot tell': 0,
    });
    expect(statementText(diff.headline)).toMatch(
      /^v2 fixed “Cause 2” \([\d.]+% → 0%\), brought “Cause 1” \(0% → [\d.]+%\), and “Cause 0” \([\d.]+% → [\d.]+%\) grew$/,
    );
  });

  test('says how many more traces would tell', () => {
    const diff = diffOf(sidesOf(400, [0.02], [0.02]), 3);
    const [cause] = diff.causes;
    expect(cause?.state).toBe('cannot tell');
    expect(cause?.needed).toBeGreaterThan(300);
    expect(statementText(diff.headline)).toContain('Nothing can yet be told from chance');
  });

  test('gives no rates where the failures were chosen', () => {
    const { run, sides } = simulated(sidesOf(2_000, [0.02], [0.09]), 1);
    const analysis = { ...run.analysis, options: { ...run.analysis.options, all: true } };
    const diff = compareSides({ ...run, analysis }, sides, NO_RATIO);
    const [cause] = diff.causes;
    expect(diff.noRates).toMatch(/--all/);
    expect(cause).toMatchObject({ state: 'cannot tell', difference: null, q: null, needed: null });
    expect(cause?.after).toMatchObject({ ratePerThousand: null, rateInterval: null });
    expect(cause?.after.events).toBeGreaterThan(100);
    expect(diffSchema.parse(diff)).toEqual(diff);
  });

  test('warns of traffic that was not divided as intended, and of another mix', () => {
    const diff = diffOf(SHIFT, 1, 0.5);
    expect(diff.sampleRatio).toMatchObject({ found: 0.5, isAlarm: false });
    expect(diff.mix).toMatchObject([
      { by: 'tenant', isAlarm: true, most: { value: 'calm', before: 0.8, after: 0.45 } },
    ]);
    // scipy.stats.chisquare([2000, 2000], [1600, 2400]): p = 2.4e-38.
    expect(diffOf(SHIFT, 1, 0.6).sampleRatio).toMatchObject({ isAlarm: true });
  });

  test('says that the mix hides a change of the rates', () => {
    // Both tenants halve their rate, and the traffic moves to the one that fails more.
    const diff = diffOf(
      [
        { side: 0, tenant: 'calm', traces: 3_200, rates: [0.04] },
        { side: 0, tenant: 'busy', traces: 800, rates: [0.12] },
        { side: 1, tenant: 'calm', traces: 1_000, rates: [0.02] },
        { side: 1, tenant: 'busy', traces: 3_000, rates: [0.066] },
      ],
      1,
    );
    const [cause] = diff.causes;
    expect(cause).toMatchObject({ state: 'same', isMix: true });
    expect(statementText(diff.headline)).toBe('The mix of the traffic hides a change of 1 cause');
    expect(diff.mixed).toBe(0);
  });

  test('finds what failures of a cause that grew have in common', () => {
    const region = { failed: 0.9, passed: 0.3 };
    const [before, after] = sidesOf(2_000, [0.02], [0.06]) as [Part, Part];
    const diff = diffOf([before, { ...after, region }], 5);
    const [first, ...others] = diff.causes[0]!.differs;
    expect(first).toMatchObject({ attribute: 'metadata.region', value: 'north' });
    expect(first!.failures / first!.ofFailures).toBeGreaterThan(0.8);
    expect(first!.sentence).toContain('`region` north');
    expect(others).toMatchObject([{ attribute: 'metadata.region', value: null }]);
  });

  test('finds nothing in common where there is nothing', () => {
    const region = { failed: 0.3, passed: 0.3 };
    const [before, after] = sidesOf(2_000, [0.02], [0.06]) as [Part, Part];
    const found = shareOf(50, (seed) =>
      diffOf([before, { ...after, region }], seed).causes.some(({ differs }) => differs.length > 0),
    );
    // 5% at most; three standard errors of 50 trials are 9.2%.
    expect(found).toBeLessThan(0.143);
  });
});

describe('by simulation (bench/diff.ts has more trials)', () => {
  const twenty = (first: number): number[] => [first, ...new Array<number>(19).fill(0.02)];
  const isFound = (traces: number) => (seed: number) =>
    diffOf(sidesOf(traces, twenty(0.02), twenty(0.04)), seed).causes.find(
      ({ title }) => title === 'Cause 0',
    )?.state === 'grown';

  test('20 causes that do not change give a false alarm in at most 5%', () => {
    const found = shareOf(100, (seed) =>
      diffOf(sidesOf(1_000, twenty(0.02), twenty(0.02)), seed).causes.some(
        ({ state }) => state !== 'same' && state !== 'cannot tell',
      ),
    );
    // Three standard errors of 100 trials at 5% are 6.5%.
    expect(found).toBeLessThan(0.115);
  });

  test('2% → 4% among 20 causes is found by 2,200 traces a side', () => {
    // 81%, from the power formula; three standard errors of 40 trials are 19%.
    expect(shareOf(40, isFound(2_200))).toBeGreaterThan(0.62);
  });

  test('a shift of the traffic moves raw rates, and not standardized ones', () => {
    const found = shareOf(50, (seed) => {
      const cause = diffOf(SHIFT, seed).causes.find(({ title }) => title === 'Cause 0')!;
      const standardized = cause.standardized.find(({ by }) => by === 'tenant')!;
      return cause.state === 'grown' && standardized.q >= 0.05 && cause.isMix;
    });
    expect(found).toBeGreaterThanOrEqual(0.86);
  });
});
