import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenedStore, ScoreRow } from '../../src/store/telemetry/telemetry.ts';
import { JULY, LATER, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

const HOUR = 3_600_000;

describeStore('what online judges ask', () => {
  let opened: TestStore;
  let store: OpenedStore;
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
    const traces = Array.from({ length: 1_000 }, (_, nth) =>
      traceRow({
        ...{ traceId: `t${nth}`, anchor: JULY + nth * 1_000, received: JULY + nth * 1_000 },
        ...{ environment: nth % 2 === 0 ? 'production' : 'test', eligible: nth !== 999 },
      }),
    );
    await store.insert({ traces });
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const judged = (traceId: string, label: string, at: number, source = 'judge'): ScoreRow => ({
    ...{ project: 'p', traceId, sessionId: '', responseId: '', environment: '', source },
    ...{ id: 'v1', at, version: at, expires: LATER },
    score: {
      ...{ name: 'refunds', value: label === 'passes' ? 1 : null, label, explanation: '“quote”' },
      ...{ annotator: 'model', spanId: null },
    },
  });
  const request = { project: 'p', judge: 'refunds', salt: 's', rate: 1, without: [], from: JULY };

  test('traces that wait for a judge: eligible, of the share, without its score, the last first', async () => {
    const all = await store.unjudged(request, 3);
    expect(all).toEqual({ traceIds: ['t998', 't997', 't996'], total: 999, oldest: JULY });
    await store.insert({
      scores: [
        judged('t998', 'passes', JULY + 2 * HOUR),
        // Of somebody else, and of the judge before: they count for nothing here.
        judged('t997', 'passes', JULY + 2 * HOUR, 'api'),
        judged('t996', 'passes', JULY - HOUR),
      ],
    });
    const left = await store.unjudged({ ...request, without: ["t995'; --", 't994', 't0'] }, 4);
    expect(left).toEqual({
      ...{ traceIds: ['t997', 't996', 't995', 't993'], total: 996, oldest: JULY + 1_000 },
    });
    const production = await store.unjudged({ ...request, environment: 'production' }, 1);
    expect(production).toMatchObject({ traceIds: ['t996'], total: 499 });
    expect(await store.unjudged({ ...request, from: JULY + HOUR }, 1)).toEqual({
      ...{ traceIds: [], total: 0, oldest: null },
    });
  });

  test('a share is the same whoever asks, another for another judge, and part of every larger one', async () => {
    const ids = async (rate: number, salt = 's') =>
      new Set((await store.unjudged({ ...request, judge: 'none', rate, salt }, 1_000)).traceIds);
    const [tenth, half, other] = [await ids(0.1), await ids(0.5), await ids(0.1, 'other')];
    // 100 and 500, with standard deviations of 9.5 and 16.
    expect(tenth.size).toBeGreaterThan(60);
    expect(tenth.size).toBeLessThan(140);
    expect(half.size).toBeGreaterThan(430);
    expect(half.size).toBeLessThan(570);
    expect([...tenth].every((id) => half.has(id))).toBe(true);
    expect([...tenth].filter((id) => other.has(id)).length).toBeLessThan(35);
    expect(await ids(0.1)).toEqual(tenth);
  });

  test('verdicts are counted by label', async () => {
    const at = JULY + 3 * HOUR;
    await store.insert({
      scores: [
        judged('x1', 'cannot tell', at),
        // Written twice, it counts once.
        judged('x1', 'cannot tell', at),
        judged('x2', 'passes', at + HOUR),
      ],
    });
    const since = { hour: at + 1, day: JULY };
    expect(await store.judgedCounts('p', 'refunds', since)).toEqual([
      { label: 'cannot tell', inHour: 0, inDay: 1, last: at },
      { label: 'passes', inHour: 1, inDay: 2, last: at + HOUR },
    ]);
    expect(await store.judgedCounts('p', 'other', since)).toEqual([]);
  });
});
