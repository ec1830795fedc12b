import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenedStore, TraceFilter } from '../../src/store/telemetry/telemetry.ts';
import { JULY, LATER, rawSpan, spanRow, traceRow } from './sample-rows.ts';
import { describeStore, START_MS, type TestStore, testStore } from './test-store.ts';

/** Texts that an engine, a protocol or a page could take for something else. */
const HOSTILE = [
  '-- { error }',
  '-- { serverError 27 }',
  'x -- { clientError NOPE } y\n-- { serverError 27 }',
  '/* { error } */ #',
  "'; DROP TABLE records; --",
  '"; DROP TABLE records; --',
  '`x` \\`y\\` \\\\',
  '\\N',
  '\\',
  "\\'",
  '\0',
  'a\0b\t\r\n\b\f\x1b[31m',
  '{project:String}',
  '{a:String}{b:UInt8}',
  'FORMAT TabSeparated',
  '%00 %27 + & = ?',
  '\u202eright to left\u202c שלום',
  'é 🙂 ﬀ e\u0301',
  '\ud800 lone',
  'lone \udc00',
  '\ufffd \ufeff',
  '[1,2] {"a":1} null',
  "['a','b']",
  '<script>alert(1)</script>',
  'x'.repeat(100_000),
];

/** What a text becomes in UTF-8, which knows no lone surrogates. */
const well = (text: string): string => text.toWellFormed();

describeStore('hostile text', () => {
  let opened: TestStore;
  let store: OpenedStore;
  beforeAll(async () => {
    opened = await testStore();
    ({ store } = opened);
    for (const [nth, text] of HOSTILE.entries()) {
      const common = {
        ...{ traceId: `${nth} ${text.slice(0, 200)}`, expires: LATER, environment: text },
      };
      const detail = {
        ...{ ...common, project: 'p', anchor: JULY + nth, version: 1, detectorVersion: text },
      };
      await store.insert({
        records: [
          spanRow(
            {
              ...{ traceId: common.traceId, spanId: text.slice(0, 300), parentId: text },
              ...{ name: text, statusMessage: text, scope: text },
              attributes: { [well(text)]: text, list: [text, { [well(text)]: text }] },
              resource: { [well(text)]: text },
              events: [{ name: text, time: null, attributes: { text } }],
            },
            { format: text },
          ),
          spanRow(
            { traceId: common.traceId, spanId: 'same' },
            {
              record: {
                kind: 'log',
                log: {
                  ...{ traceId: common.traceId, spanId: text, name: text, time: null },
                  ...{ body: { text }, attributes: { text }, resource: { text } },
                },
              },
            },
          ),
        ],
        traces: [
          traceRow({
            ...{ ...common, anchor: JULY + nth, name: text, errorType: text, tenant: text },
            ...{ user: text, session: text, environment: text, release: text, provider: text },
            ...{ promptName: text, promptVersion: text, model: text, input: text, output: text },
            ...{ rootSpan: text, source: text, detectorVersion: text },
            ...{ tags: [text, text], metadata: { [well(text)]: text } },
            ...{ scores: { [text]: nth }, signals: [text], gaps: [text] },
          }),
        ],
        signals: [
          { ...detail, detector: text, spanId: text, path: text, verdict: 'yes', quote: text },
        ],
        scores: [
          {
            ...{ ...common, project: 'p', sessionId: text, responseId: text, source: text },
            ...{ id: text, at: JULY, version: JULY },
            score: {
              ...{ name: text, value: null, label: text, explanation: text },
              ...{ annotator: 'human', spanId: text },
            },
          },
        ],
        assignments: [{ ...detail, clustering: text, cluster: text, distance: 0 }],
      });
    }
  }, START_MS);
  afterAll(() => opened.close(), START_MS);

  const idOf = (nth: number): string => well(`${nth} ${HOSTILE[nth]!.slice(0, 200)}`);

  test('every row of it was stored', async () => {
    expect(await store.count({ project: 'p' })).toBe(HOSTILE.length);
  });

  test('records come back as they were, text by text', async () => {
    for (const [nth, given] of HOSTILE.entries()) {
      const text = well(given);
      const [span, log, score] = await store.recordsOf('p', idOf(nth));
      expect(span).toEqual({
        kind: 'span',
        span: {
          ...rawSpan({ traceId: idOf(nth), spanId: well(given.slice(0, 300)), parentId: text }),
          ...{ name: text, statusMessage: text, scope: text, refusedKeys: 0 },
          // JSON holds what UTF-8 does not.
          attributes: { [text]: given, list: [given, { [text]: given }] },
          resource: { [text]: given },
          events: [{ name: given, time: null, attributes: { text: given } }],
        },
      });
      expect(log).toMatchObject({
        kind: 'log',
        log: {
          ...{ spanId: text, name: text, body: { text: given } },
          ...{ attributes: { text: given }, resource: { text: given } },
        },
      });
      expect(score).toMatchObject({
        kind: 'score',
        score: {
          ...{ sessionId: text, responseId: text },
          score: { name: text, label: given, explanation: given, spanId: text },
        },
      });
    }
  }, 120_000);

  test('a trace is found by each of its texts, and by no other', async () => {
    for (const [nth, given] of HOSTILE.entries()) {
      const text = well(given);
      const row = await store.traceOf('p', idOf(nth));
      expect(row).toMatchObject({
        ...{ name: text, errorType: text, tenant: text, user: text, session: text, model: text },
        ...{ environment: text, release: text, promptName: text, promptVersion: text },
        ...{ provider: text, input: text, output: text, rootSpan: text, source: text },
        ...{ tags: [text, text], metadata: { [text]: given }, scores: { [text]: nth } },
        ...{ signals: [text], gaps: [text] },
      });
      expect(await store.signalsOf(row!)).toMatchObject([
        { detector: text, spanId: text, path: text, quote: text },
      ]);
      const filters: Partial<TraceFilter>[] = [
        ...['tenant', 'user', 'session', 'environment', 'release', 'promptVersion', 'model'].map(
          (name) => ({ [name]: text }),
        ),
        ...[{ signal: text }, { source: text }, { score: { name: text, atLeast: nth } }],
      ];
      // Parameters of ClickHouse are in the URL.
      if (text.length > 1_000) continue;
      for (const filter of filters) {
        const { items } = await store.newest({ project: 'p', ...filter }, { limit: 10 });
        expect(items.map(({ traceId }) => traceId)).toEqual([idOf(nth)]);
      }
      const other = await store.count({ project: text });
      expect(other).toBe(0);
    }
  }, 300_000);

  test('words of it can be searched for, or are refused as no words', async () => {
    for (const text of HOSTILE.filter(({ length }) => length < 1_000)) {
      const found = await store.count({ project: 'p', words: text }).catch((error) => error.code);
      if (/[\p{L}\p{N}]/u.test(text)) expect(found).toBeGreaterThan(0);
      else expect(found).toBe('invalid_input');
    }
    const many = Array.from({ length: 400 }, (_, at) => `w${at}`).join(' ');
    await expect(
      store.count({ project: 'p', words: many }).catch((error) => error.code),
    ).resolves.toSatisfy((found: unknown) => found === 0 || found === 'invalid_input');
  });
});
