import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenedStore, TraceRow, WatchedFigure } from '../../src/store/telemetry/telemetry.ts';
import { memoryTelemetry } from '../../src/testing/memory-telemetry.ts';
import { samplingKey } from '../../src/text/hash.ts';
import { JULY, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

const MINUTE = 60_000;
const COUNT = 8_000;
/** Of the passing traces one of these is kept. */
const N = 10;
const RATES: Readonly<Record<string, number>> = { r1: 0.03, r2: 0.06 };

/** All of the traffic, with a known rate of failures by release. */
const full = Array.from({ length: COUNT }, (_, nth): TraceRow => {
  const traceId = `t${nth}`;
  const release = nth % 2 === 0 ? 'r1' : 'r2';
  const failed = samplingKey(traceId, 1) < RATES[release]!;
  const random = samplingKey(traceId, 2);
  const anchor = JULY + nth * MINUTE;
  return traceRow({
    ...{ project: 'full', traceId, anchor, start: anchor, release, failed },
    end: anchor + (failed ? 20_000 : Math.round(random * 5_000)),
    scores: { quality: failed ? 0.2 : 0.7 + random / 4 },
    signals: failed ? ['refusal'] : random < 0.1 ? ['agent_loop'] : [],
    cost: failed ? 0.04 : 0.01,
  });
});

/** What is left of it when all failures are kept. */
const sampled = full
  .filter(({ traceId, failed }) => failed || samplingKey(traceId, 3) < 1 / N)
  .map((row) => ({ ...row, project: 'sampled', weight: row.failed ? 1 : N }));

const all = (rows: readonly TraceRow[], test: (row: TraceRow) => boolean): number =>
  rows.filter(test).length;

/** Four standard deviations of the count that is estimated from one in N of this many traces. */
const error = (passing: number): number => 4 * Math.sqrt(passing * (N - 1));

describeStore('weights', () => {
  let opened: TestStore;
  let store: OpenedStore;
  const memory = memoryTelemetry();
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
    for (const each of [store, memory]) await each.insert({ traces: [...full, ...sampled] });
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const passing = all(full, ({ failed }) => !failed);
  const failed = COUNT - passing;

  /** An estimate that is no count would be one that nothing was left out of. */
  const expectNear = (estimate: number, truth: number, within: number): void => {
    expect(estimate).not.toBe(truth);
    expect(Math.abs(estimate - truth)).toBeLessThan(within);
  };

  test('the funnel counts failures exactly, and the rest within its binomial error', async () => {
    const [whole, part] = await Promise.all(
      ['full', 'sampled'].map((project) => store.funnel({ project })),
    );
    const suspects = all(full, (row) => !row.failed && row.signals.length > 0);
    expect(whole).toEqual({
      ...{ stored: COUNT, traces: COUNT, eligible: COUNT, failed, signaled: failed, suspects },
    });
    expect(part).toMatchObject({ stored: sampled.length, failed, signaled: failed });
    expect(sampled.length).toBeLessThan(COUNT / 5);
    expectNear(part!.traces, COUNT, error(passing));
    expectNear(part!.eligible, COUNT, error(passing));
    expectNear(part!.suspects, suspects, error(suspects));
  });

  test('counts by release, versions and days are those of the traffic', async () => {
    for (const release of ['r1', 'r2']) {
      const own = full.filter((row) => row.release === release);
      const bad = all(own, (row) => row.failed);
      const part = { project: 'sampled', release };
      const groups = [
        (await store.countsBy(part, ['release']))[0],
        (await store.trafficBy(part, 'release'))[0],
        (await store.versions(part, 'release'))[0],
      ];
      for (const group of groups) {
        expect(group?.failed).toBe(bad);
        expectNear(group!.traces, own.length, error(own.length - bad));
      }
      const [counted] = (await store.valueCounts(part)).filter(({ of }) => of === 'release');
      expect(counted).toMatchObject({ traces: groups[0]!.traces, failed: bad });
    }
    const days = await store.versionsOverTime({ project: 'sampled' }, 'release', 'day');
    expect(days.reduce((sum, day) => sum + day.failed, 0)).toBe(failed);
    expect(await store.failuresByCause({ project: 'sampled' }, null)).toEqual([
      { cause: '', value: '', failures: failed },
    ]);
    const signals = await store.signalsBy({ project: 'sampled' }, 'release');
    const refusals = signals.filter(({ signal }) => signal === 'refusal');
    expect(refusals.reduce((sum, { traces }) => sum + traces, 0)).toBe(failed);
  });

  test('measures are those of the traffic: rate, cost, median and 95th percentile', async () => {
    const measures = ['failed', 'failureRate', 'cost', 'medianSeconds', 'p95Seconds'] as const;
    const query = { groupBy: [], measures, limit: 1 };
    const [whole, part] = await Promise.all(
      ['full', 'sampled'].map(async (project) => (await store.measured({ project }, query))[0]),
    );
    const [truth, about] = [whole!.measures, part!.measures];
    expect(about['failed']).toBe(truth['failed']);
    expectNear(about['failureRate']!, failed / COUNT, (error(passing) / COUNT) * 0.06);
    expectNear(about['cost']!, truth['cost']!, error(passing) * 0.01);
    expectNear(about['medianSeconds']!, truth['medianSeconds']!, 0.5);
    expectNear(about['p95Seconds']!, truth['p95Seconds']!, 0.5);
  });

  test('means of scores are those of the traffic, over their effective size', async () => {
    const sums = async (project: string) => (await store.scoreSums({ project }, 'release'))!;
    const [whole, part] = [await sums('full'), await sums('sampled')];
    for (const [at, { count, total }] of part.entries()) {
      const mean = whole[at]!.total / whole[at]!.count;
      expectNear(total / count, mean, 0.03);
      // As it is stored, every third trace has failed.
      const rows = sampled.filter(({ release }) => release === part[at]!.value);
      const bare = rows.reduce((sum, { scores }) => sum + scores['quality']!, 0) / rows.length;
      expect(mean - bare).toBeGreaterThan(0.1);
    }
    const weights = sampled.map(({ weight }) => weight);
    const sum = weights.reduce((one, other) => one + other, 0);
    const effective = sum ** 2 / weights.reduce((squares, weight) => squares + weight ** 2, 0);
    expect(part.reduce((size, { count }) => size + count, 0)).toBeCloseTo(effective, 6);
    const [byCause] = await store.valuesByCause({ project: 'sampled' }, 'quality');
    expect(byCause?.count).toBeCloseTo(effective, 6);
  });

  const range = { from: JULY, to: JULY + COUNT * MINUTE };
  const FIGURES: readonly WatchedFigure[] = [
    ...(['traffic', 'failures', 'novelty', 'cost', 'latency'] as const).map((of) => ({ of })),
    { of: 'score', score: 'quality' },
  ];
  test.each(FIGURES)('what watchers look at is weighted: $of', async (figure) => {
    const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    const [whole, part] = await Promise.all(
      ['full', 'sampled'].map((project) => store.stretches({ project, ...range }, figure)),
    );
    const [truth, about] = [whole!, part!].map(
      ({ exposures, totals }) => sumOf(totals) / sumOf(exposures),
    ) as [number, number];
    if (figure.of === 'failures') expect(part!.totals).toEqual(whole!.totals);
    if (figure.of === 'traffic') expectNear(sumOf(part!.exposures), COUNT, error(passing));
    // Stretches are of five traces at most; of their means, that of all is near.
    else if (figure.of === 'novelty') expect(about).toBe(truth);
    else if (figure.of === 'failures') expectNear(about, truth, (error(passing) / COUNT) * 0.06);
    const counted = await memory.stretches({ project: 'sampled', ...range }, figure);
    for (const sums of ['exposures', 'totals', 'squares'] as const)
      for (const [at, value] of part![sums].entries())
        expect(value).toBeCloseTo(counted[sums][at]!, 6);
  });

  test('a draw is one of the traffic, and the same each time', async () => {
    const draw = { most: 200, by: null, seed: 1 };
    const drawn = async () =>
      (await store.newest({ project: 'sampled', draw }, { limit: 200 })).items;
    const items = await drawn();
    expect(await drawn()).toEqual(items);
    const share = all(items, (row) => row.failed) / items.length;
    const truth = failed / COUNT;
    expect(share).toBeLessThan(truth + 4 * Math.sqrt((truth * (1 - truth)) / 200));
    expect(all(sampled, (row) => row.failed) / sampled.length).toBeGreaterThan(0.25);
  });

  test('a new version of a trace keeps its weight, and its verdict does not move it', async () => {
    const { traceId } = sampled.find((row) => row.weight === N)!;
    const { present } = await store.unfinished('sampled', [traceId]);
    expect(present.get(traceId)?.weight).toBe(N);
    const { verdicts } = await store.verdicts('sampled', 'another', null);
    expect(verdicts.find((verdict) => verdict.traceId === traceId)?.weight).toBe(N);
  });
});
