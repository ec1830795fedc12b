import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenedStore, ScoreRow } from '../../src/store/telemetry/telemetry.ts';
import { JULY, LATER, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

describeStore('scores that name no trace', () => {
  let opened: TestStore;
  let store: OpenedStore;
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const score = (over: Partial<ScoreRow>, spanId: string | null = null): ScoreRow => ({
    ...{ project: 'p', traceId: '', sessionId: '', responseId: '', environment: '', id: 'i' },
    ...{ source: 'langfuse', at: JULY, version: JULY, expires: LATER },
    score: {
      ...{ name: 'helpful', value: 0, label: null, explanation: null },
      ...({ annotator: 'human', spanId } as const),
    },
    ...over,
  });

  test('are found by session, response and span, in their own project, once', async () => {
    await store.insert({
      scores: [
        score({ sessionId: 'chat' }),
        score({ responseId: 'resp_1' }),
        score({ id: 'j' }, 'run'),
        score({ sessionId: 'elsewhere' }),
      ],
    });
    expect(await store.placements(JULY)).toEqual([]);
    await store.insert({
      traces: [
        traceRow({ traceId: 'one', session: 'chat' }),
        traceRow({ traceId: 'two', session: 'chat', version: 2 }),
        traceRow({ traceId: 'foreign', session: 'chat', project: 'other' }),
      ],
      records: [
        spanRow({ traceId: 'three', spanId: 's3', attributes: { 'gen_ai.response.id': 'resp_1' } }),
        spanRow({ traceId: 'four', spanId: 'run' }),
        spanRow({ traceId: 'foreign', spanId: 'run' }, { project: 'other' }),
      ],
    });
    const placed = await store.placements(JULY);
    expect(placed.toSorted((a, b) => (a.traceId < b.traceId ? -1 : 1))).toEqual([
      score({ id: 'j', traceId: 'four' }, 'run'),
      score({ sessionId: 'chat', traceId: 'one' }),
      score({ responseId: 'resp_1', traceId: 'three' }, 's3'),
      score({ sessionId: 'chat', traceId: 'two' }),
    ]);
    expect(await store.placements(JULY + 1)).toEqual([]);

    await store.insert({ scores: placed });
    expect(await store.placements(JULY)).toEqual([]);
    const four = await store.recordsOf('p', 'four');
    expect(four.map(({ kind }) => kind)).toEqual(['span', 'score']);

    await store.insert({ traces: [traceRow({ traceId: 'next', session: 'chat' })] });
    expect((await store.placements(JULY)).map(({ traceId }) => traceId)).toEqual(['next']);
  });

  test('count once in a stream: with their traces once they are placed', async () => {
    const streamed = [];
    for await (const trace of store.stream({ project: 'p' }))
      for (const record of trace.records)
        if (record.kind === 'score') streamed.push([trace.traceId, record.score.sessionId]);
    expect(streamed).toEqual([
      ['', 'elsewhere'],
      ['four', null],
      ['three', null],
    ]);
  });
});
