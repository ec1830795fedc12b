import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RawRecord } from '../../src/collect/collect.ts';
import type {
  CauseFacet,
  OpenedStore,
  SignalRow,
  TraceFilter,
  TraceRow,
  WatchedFigure,
} from '../../src/store/telemetry/telemetry.ts';
import { stretchesOf, valuesByCauseOf } from '../../src/testing/memory-watch.ts';
import { assigned, causeOf, expectTraffic, HOUR, made, matches, RULES } from './read-rows.ts';
import { JULY, LATER, rawSpan, spanRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

async function allOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describeStore('reads', () => {
  let opened: TestStore;
  let store: OpenedStore;
  /** The present version of every trace, newest first. */
  let present: readonly TraceRow[];

  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
    const first = Array.from({ length: 800 }, (_, nth) => made(nth));
    const second = first.filter((_, nth) => nth % 5 === 0).map((_, at) => made(at * 5, 2));
    const foreign = first.slice(0, 50).map((row) => ({ ...row, project: 'other' }));
    await store.insert({ traces: [...first.slice(0, 500), ...foreign] });
    await store.insert({ traces: [...second, ...first.slice(400)] });
    const waiting = (nth: number): boolean => nth % 9 === 0;
    const places = first.map((_, nth) => nth).filter((nth) => !waiting(nth));
    const again = places.filter((nth) => nth % 2 === 0);
    await store.insert({ assignments: again.map((nth) => assigned(nth, 2)) });
    // What comes later of an earlier analysis replaces nothing.
    await store.insert({ assignments: places.map((nth) => assigned(nth, 1)) });
    await store.insert({
      assignments: places.map((nth) => ({ ...assigned(nth, 3), clustering: 'other' })),
    });
    const byId = new Map([...first, ...second].map((row) => [row.traceId, row]));
    present = [...byId.values()].sort((a, b) => b.anchor - a.anchor);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const filter: fc.Arbitrary<TraceFilter> = fc
    .record(
      {
        from: fc.integer({ min: 0, max: 800 }).map((hours) => JULY + hours * HOUR),
        to: fc.integer({ min: 0, max: 800 }).map((hours) => JULY + hours * HOUR),
        ids: fc.constantFrom([], ['t5'], ['t1', 't2', 't3', 't40', 'absent']),
        status: fc.constantFrom('ok', 'error', 'unset'),
        failed: fc.boolean(),
        eligible: fc.boolean(),
        tenant: fc.constantFrom('tenant-0', 'tenant-3', 'none'),
        promptVersion: fc.constantFrom('v1', 'v9'),
        promptName: fc.constantFrom('answer', 'summary'),
        environment: fc.constantFrom('staging', 'production'),
        user: fc.constantFrom('user 3', "user '3'"),
        signal: fc.constantFrom('loop', 'absent'),
        cause: fc.constantFrom('', 'c-1', 'c-1-new', 'c-split', "c-'-- { error }"),
        rules: fc.constant(RULES),
        score: fc.constantFrom(
          { name: 'quality', below: 0.7 },
          { name: 'quality', atLeast: 0.1 },
          { name: 'absent', below: 1 },
        ),
        words: fc.constantFrom('refund', 'order late', 'CAFé', 'refund good', 'ref'),
      },
      { requiredKeys: [] },
    )
    .map((given) => ({ ...(given as object), project: 'p' }));

  test('what is known of traces is that of their present version', async () => {
    const { verdicts: found, last } = await store.verdicts('p', 'none', null);
    expect(last).toBe(null);
    const some = async (notBy: string, after: string | null) =>
      (await store.verdicts('p', notBy, after)).verdicts;
    const byId = new Map(present.map((row) => [row.traceId, row]));
    expect(found.map(({ traceId }) => traceId)).toEqual([...byId.keys()].sort());
    for (const verdict of found) expect(byId.get(verdict.traceId)).toMatchObject(verdict);
    expect(await some('none', found[4]!.traceId)).toEqual(found.slice(5));
    const version = present[0]!.detectorVersion;
    const others = found.filter(({ traceId }) => byId.get(traceId)!.detectorVersion !== version);
    expect(await some(version, null)).toEqual(others);
    expect(await store.judgedByOthers('p', version)).toBe(others.length);
    expect(await store.judgedByOthers('p', 'none')).toBe(found.length);
  });

  test('causes and scores of many traces are the present ones', async () => {
    const asked = present.filter((row) => row.failed).slice(0, 30);
    const found = await store.assignmentsOf('p', [...asked.map((row) => row.traceId), 'absent']);
    for (const row of asked) expect(found.get(row.traceId)?.cluster ?? '').toBe(causeOf(row));
    expect([...found.values()].every(({ distance }) => distance === 0)).toBe(true);
    expect(found.has('absent')).toBe(false);
    const scores = await store.scoresOf('p', ['t4', 't6', 'absent']);
    const [six, four] = present.filter(({ traceId }) => traceId === 't4' || traceId === 't6');
    expect([...scores].toSorted()).toEqual([
      ['t4', four?.scores],
      ['t6', six?.scores],
    ]);
  });

  test('a page, a count, a funnel and groups are those of the rows that match', async () => {
    await fc.assert(
      fc.asyncProperty(filter, async (given) => {
        const expected = present.filter((row) => matches(row, given));
        const page = await store.newest(given, { limit: 20 });
        expect(page.items).toEqual(expected.slice(0, 20));
        expect(page.next === null).toBe(expected.length <= 20);
        expect(await store.count(given)).toBe(expected.length);
        const eligible = expected.filter((row) => row.eligible);
        const failed = eligible.filter((row) => row.failed);
        expect(await store.funnel(given)).toEqual({
          ...{ stored: expected.length, traces: expected.length },
          ...{ eligible: eligible.length, failed: failed.length },
          signaled: failed.filter((row) => row.signals.length > 0).length,
          suspects: eligible.filter((row) => !row.failed && row.signals.length > 0).length,
        });
        const facets: readonly (CauseFacet | null)[] = ['day', 'tenant', null];
        for (const facet of facets) {
          const facetOf = (row: TraceRow): string => {
            if (facet === null) return '';
            return facet === 'day' ? new Date(row.anchor).toISOString().slice(0, 10) : row[facet];
          };
          const counts = await store.failuresByCause(given, facet);
          const byValue = Object.groupBy(
            expected.filter((row) => row.failed),
            (row) => `${causeOf(row, given.rules)} ${facetOf(row)}`,
          );
          expect(
            Object.fromEntries(
              counts.map(({ cause, value, failures }) => [`${cause} ${value}`, failures]),
            ),
          ).toEqual(
            Object.fromEntries(Object.entries(byValue).map(([key, rows]) => [key, rows?.length])),
          );
          expect(counts.map(({ failures }) => failures)).toEqual(
            counts.map(({ failures }) => failures).sort((a, b) => b - a),
          );
        }
        await expectTraffic(store, given, expected);
        const groups = await store.countsBy(given, ['promptVersion', 'tenant']);
        const tally = Object.groupBy(expected, (row) => `${row.promptVersion} ${row.tenant}`);
        expect(
          Object.fromEntries(
            groups.map((group) => [
              `${group.values.promptVersion} ${group.values.tenant}`,
              group.traces,
            ]),
          ),
        ).toEqual(
          Object.fromEntries(Object.entries(tally).map(([key, rows]) => [key, rows?.length])),
        );
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  test('a draw takes the same traces each time, as many of each stratum, and another seed others', async () => {
    const all = { project: 'p', failed: true } as const;
    const idsOf = async (by: 'tenant' | null, seed: number, most = 20): Promise<string[]> => {
      const drawn = { ...all, draw: { most, by, seed } };
      const { items } = await store.newest(drawn, { limit: 1000 });
      expect(await store.count(drawn)).toBe(items.length);
      return items.map(({ traceId }) => traceId);
    };
    expect(await idsOf(null, 1)).toHaveLength(20);
    expect(await idsOf(null, 1)).toEqual(await idsOf(null, 1));
    expect(await idsOf(null, 1)).not.toEqual(await idsOf(null, 2));
    const byTenant = await idsOf('tenant', 1);
    const tenants = Map.groupBy(
      present.filter(({ traceId }) => byTenant.includes(traceId)),
      ({ tenant }) => tenant,
    );
    expect([...tenants.values()].map((rows) => rows.length)).toEqual([20, 20, 20, 20]);
    const whole = present.filter(({ failed }) => failed).map(({ traceId }) => traceId);
    expect(await idsOf('tenant', 1, 1000)).toEqual(whole);
  });

  test('values are counted with their failures, of what the filter selects', async () => {
    const given: TraceFilter = { project: 'p', environment: 'staging' };
    const rows = present.filter((row) => matches(row, given));
    const counted = await store.valueCounts(given);
    const countOf = (of: string, value: string) =>
      counted.find((each) => each.of === of && each.value === value);
    const expected = (has: (row: TraceRow) => boolean) => ({
      traces: rows.filter(has).length,
      failed: rows.filter((row) => has(row) && row.failed).length,
    });
    expect(countOf('tenant', 'tenant-2')).toMatchObject(
      expected(({ tenant }) => tenant === 'tenant-2'),
    );
    expect(countOf('signal', 'loop')).toMatchObject(
      expected(({ signals }) => signals.includes('loop')),
    );
    expect(countOf('score', 'quality')).toMatchObject(
      expected(({ scores }) => 'quality' in scores),
    );
    expect(countOf('environment', 'production')).toBe(undefined);
    const signals = counted.filter(({ of }) => of === 'signal').map(({ traces }) => traces);
    expect(signals).toEqual([...signals].sort((a, b) => b - a));
  });

  test('pages one after the other give every trace once, newest first', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.newest({ project: 'p' }, { limit: 300, ...(cursor && { cursor }) });
      seen.push(...page.items.map((row) => row.traceId));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(present.map((row) => row.traceId));
  });

  test('a trace is found by its id in its present version', async () => {
    expect(await store.traceOf('p', 't5')).toEqual(made(5, 2));
    expect(await store.traceOf('p', 'absent')).toBe(null);
  });

  test('what cannot be asked is refused', async () => {
    await expect(store.newest({ project: 'p' }, { limit: 0 })).rejects.toThrow(/limit 0/);
    await expect(store.newest({ project: 'p' }, { limit: 1, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(store.count({ project: 'p', words: '?!' })).rejects.toThrow(/has no word/);
    await expect(store.countsBy({ project: 'p' }, ['1; DROP' as 'tenant'])).rejects.toThrow(
      /cannot count by/,
    );
  });

  test('signals are those of the present version', async () => {
    const row = made(7);
    const signal: SignalRow = {
      ...{ project: 'p', detector: 'loop', anchor: row.anchor, traceId: 't7', spanId: 's' },
      path: '/output',
      verdict: 'yes',
      ...{ quote: 'q', version: 1, expires: row.expires },
      ...{ environment: row.environment, detectorVersion: row.detectorVersion },
    };
    await store.insert({ signals: [{ ...signal, version: 2, path: '/input' }, signal, signal] });
    expect(await store.signalsOf(row)).toEqual([signal]);
  });

  const arrived = (nth: number): number => JULY + nth;
  const score = {
    ...{ project: 'r', traceId: 'a', sessionId: '', responseId: '', source: 'api', id: '' },
    environment: '',
    score: {
      name: 'thumbs',
      value: null,
      label: 'down',
      explanation: '',
      annotator: 'human',
      spanId: null,
    },
    ...{ at: JULY, version: JULY, expires: LATER },
  } as const;
  const scored: RawRecord = {
    kind: 'score',
    score: { traceId: 'a', sessionId: null, responseId: null, score: score.score },
  };

  test('records come back as they were, in order of arrival, each once', async () => {
    const whole = rawSpan({
      ...{
        traceId: 'a',
        spanId: 's2',
        parentId: 's1',
        startTime: JULY + 0.123,
        statusCode: 'error',
      },
      ...{
        attributes: { a: [1, { b: null }], text: 'x' },
        resource: { service: 'shop' },
        scope: 'lib',
      },
      events: [{ name: 'e', time: null, attributes: {} }],
      links: [{ traceId: 'b', spanId: 'c' }],
      ...{ droppedAttributes: 2, refusedKeys: 1, endTime: null, statusMessage: 'no' },
    });
    const log = {
      ...{
        traceId: 'a',
        spanId: null,
        name: 'gen_ai.choice',
        time: JULY,
        body: { content: ['hi'] },
      },
      ...{ attributes: {}, resource: {} },
    };
    const conversation = {
      ...{
        id: 'c',
        messages: [],
        input: 'in',
        output: null,
        tools: [],
        scores: [],
        fields: { row: 1 },
      },
      calls: new Map([[1, { model: 'm' }]]),
    };
    const common = { project: 'r', format: 'otlp', expires: LATER };
    const rows = [
      spanRow({ ...whole, attributes: {} }, { ...common, received: arrived(9) }),
      { ...common, traceId: 'a', record: { kind: 'span', span: whole }, received: arrived(2) },
      { ...common, traceId: 'a', record: { kind: 'log', log }, received: arrived(1) },
      {
        ...common,
        traceId: 'c',
        record: { kind: 'conversation', conversation },
        received: arrived(3),
      },
      spanRow({ traceId: 'a', spanId: 's1', refusedKeys: 0 }, { ...common, received: arrived(4) }),
    ] as const;
    await store.insert({ records: rows, scores: [score] });
    await store.insert({ records: rows, scores: [score] });
    const first = rows[4].record;
    const expected = [rows[2].record, rows[1].record, first, scored];
    expect(await store.recordsOf('r', 'a')).toEqual(expected);
    expect(await store.recordsOf('r', 'absent')).toEqual([]);
    const all = await allOf(store.stream({ project: 'r' }));
    expect(all).toEqual([
      { traceId: 'a', format: 'otlp', records: expected },
      { traceId: 'c', format: 'otlp', records: [rows[3].record] },
    ]);
  });

  test('a stream holds the traces of its filter only', async () => {
    const ids = ['t3', 't4', 't6', 't9'];
    await store.insert({ records: ids.map((traceId) => spanRow({ traceId })) });
    const streamed = await allOf(store.stream({ project: 'p', status: 'ok' }));
    expect(streamed.map(({ traceId }) => traceId)).toEqual(['t3', 't6', 't9']);
  });

  test('scores that name no trace come first in a stream', async () => {
    await store.insert({ scores: [{ ...score, project: 'q', traceId: '', sessionId: 's' }] });
    await store.insert({ records: [spanRow({}, { project: 'q' })] });
    const streamed = await allOf(store.stream({ project: 'q' }));
    expect(streamed.map(({ traceId, records }) => [traceId, records[0]?.kind])).toEqual([
      ['', 'score'],
      ['t1', 'span'],
    ]);
  });

  const FIGURES: readonly WatchedFigure[] = [
    { of: 'traffic' },
    { of: 'failures' },
    { of: 'causes', causes: ['c-1', 'c-1-new', 'c-absent'] },
    { of: 'novelty' },
    { of: 'score', score: 'quality' },
    { of: 'cost' },
    { of: 'latency' },
  ];
  test.each(FIGURES)('what watchers look at, by five minutes: $of', async (figure) => {
    const range = { from: JULY - 100_000, to: JULY + 800 * HOUR + 1 };
    for (const part of [{}, { environment: 'staging' }, { tenant: 'none' }]) {
      const filter = { project: 'p', ...part, ...range };
      const stored = await store.stretches(filter, figure);
      const rows = present.filter((row) => matches(row, filter));
      const expected = stretchesOf(rows, range, figure, causeOf);
      expect(stored.start).toBe(expected.start);
      for (const sums of ['exposures', 'totals', 'squares'] as const) {
        expect(stored[sums].length).toBe(expected[sums].length);
        const wrong = stored[sums].findIndex(
          (value, at) => Math.abs(value - (expected[sums][at] ?? 0)) > 1e-9,
        );
        expect([sums, wrong]).toEqual([sums, -1]);
      }
    }
  });

  test('the values of a score by cause', async () => {
    const filter = { project: 'p', environment: 'production' };
    const rows = present.filter((row) => matches(row, filter));
    const stored = await store.valuesByCause(filter, 'quality');
    const expected = valuesByCauseOf(rows, 'quality', causeOf);
    expect(stored.map(({ cause, count }) => [cause, count])).toEqual(
      expected.map(({ cause, count }) => [cause, count]),
    );
    for (const [at, { total, squares }] of stored.entries()) {
      expect(total).toBeCloseTo(expected[at]!.total, 9);
      expect(squares).toBeCloseTo(expected[at]!.squares, 9);
    }
  });
});
