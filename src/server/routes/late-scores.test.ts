import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../testing/test-server.ts';

/** Scores that name a session or a run alone, before and after the trace. */
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const scoresOf = async (id: string): Promise<readonly string[]> => {
  const answer = await (await server.get(`/api/v1/traces/${id}`)).json();
  return answer.trace.scores.map(({ name }: { name: string }) => name);
};

const sendSpan = async (
  traceId: string,
  given: Readonly<Record<string, string>>,
  over: object = {},
): Promise<void> => {
  const nano = `${server.now()}000000`;
  const attributes = Object.entries(given).map(([key, value]) => ({
    ...{ key, value: { stringValue: value } },
  }));
  const span = {
    ...{ traceId, spanId: traceId.slice(16), name: 'chat', attributes },
    ...{ startTimeUnixNano: nano, endTimeUnixNano: nano, ...over },
  };
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  expect((await server.post('/v1/traces', body)).status).toBe(200);
};

const sendTrace = (traceId: string, sessionId: string): Promise<void> =>
  sendSpan(traceId, {
    'gen_ai.operation.name': 'chat',
    'input.value': 'Hi',
    'session.id': sessionId,
  });

/** A span of an evaluator with a score about another trace. */
const sendScore = (
  traceId: string,
  about: string,
  name: string,
  over: object = {},
): Promise<void> =>
  sendSpan(
    traceId,
    { 'gen_ai.evaluation.name': name, 'gen_ai.evaluation.score.value': '0.2' },
    { links: [{ traceId: about, spanId: about.slice(16) }], ...over },
  );

const scoreSession = async (id: string, sessionId: string): Promise<void> => {
  const body = { id, sessionId, name: `session ${id}`, value: 0, environment: 'test' };
  expect((await server.post('/api/public/scores', body)).status).toBe(200);
};

/** Until a score is placed and its trace judged again. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await server.rest(30_000);
};

test('a score of a session reaches its traces, those before it and those after it', async () => {
  const [before, after] = ['a', 'b'].map((letter) => letter.repeat(32)) as [string, string];
  await sendTrace(before, 'chat');
  await settle();
  await scoreSession('1', 'chat');
  await settle();
  expect(await scoresOf(before)).toEqual(['session 1']);
  await sendTrace(after, 'chat');
  await settle();
  expect(await scoresOf(after)).toEqual(['session 1']);
  const rows = [...server.store.rows.traces.values()];
  expect(rows.map(({ scores }) => scores)).toEqual([{ 'session 1': 0 }, { 'session 1': 0 }]);
  const versions = rows.map(({ version }) => version);
  await settle();
  expect(rows.map(({ version }) => version)).toEqual(versions);
  const kept = [...server.store.rows.scores.values()];
  expect(kept.map(({ environment }) => environment)).toEqual(['test', 'test', 'test']);
});

test("LangSmith's feedback on a run inside of a trace reaches the trace", async () => {
  const [root, child] = ['c', 'd'].map((letter) => letter.repeat(32)) as [string, string];
  const now = new Date(server.now()).toISOString();
  const run = { trace_id: root, start_time: now, end_time: now, session_name: 'shop' };
  const dotted = `20260101T000000000000Z${root}`;
  const body = {
    post: [
      {
        ...run,
        id: root,
        name: 'ask',
        run_type: 'chain',
        inputs: { question: 'Hi' },
        dotted_order: dotted,
      },
      {
        ...{ ...run, id: child, name: 'call', run_type: 'llm', inputs: { messages: [] } },
        ...{ parent_run_id: root, dotted_order: `${dotted}.20260101T000000000001Z${child}` },
      },
    ],
    patch: [],
  };
  expect((await server.post('/runs/batch', body)).status).toBe(202);
  const feedback = { id: 'f', run_id: child, key: 'correct', score: 0 };
  expect((await server.post('/feedback', feedback)).status).toBeLessThan(300);
  await server.rest(600_000);
  await settle();
  expect(await scoresOf(root)).toEqual(['correct']);
});

const versionOf = (id: string): number | undefined =>
  [...server.store.rows.traces.values()].find(({ traceId }) => traceId === id)?.version;

test("scores that an evaluator's spans hold reach the traces they are about", async () => {
  const ids = ['e', 'f', '1', '2', '3'].map((letter) => letter.repeat(32));
  const [before, after, first, second, third] = ids as [string, string, string, string, string];
  await sendTrace(before, 'judged');
  await settle();
  await sendScore(first, before, 'faithful');
  await sendScore(second, before, 'faithful');
  await sendScore(third, after, 'relevant');
  await settle();
  const row = [...server.store.rows.traces.values()].find(({ traceId }) => traceId === before);
  expect(row?.scores).toEqual({ faithful: 0.2 });
  expect(row?.carries).toContain('scores');
  // Two that say the same count once, as in a file.
  expect(await scoresOf(before)).toEqual(['faithful']);
  expect((await server.get(`/api/v1/traces/${first}`)).status).toBe(404);
  await sendTrace(after, 'judged');
  await settle();
  expect(await scoresOf(after)).toEqual(['relevant']);
});

test('traces with scores about each other come to rest', async () => {
  const [one, two] = ['4', '5'].map((letter) => letter.repeat(32)) as [string, string];
  const chat = { 'gen_ai.operation.name': 'chat', 'input.value': 'Hi' };
  await sendSpan(one, chat);
  await sendSpan(two, chat);
  await settle();
  const inside = (traceId: string) => ({
    ...{ spanId: '9'.repeat(16), parentSpanId: traceId.slice(16) },
  });
  await sendScore(one, two, 'peer', inside(one));
  await sendScore(two, one, 'peer', inside(two));
  for (let turn = 0; turn < 3; turn++) await settle();
  expect([await scoresOf(one), await scoresOf(two)]).toEqual([['peer'], ['peer']]);
  const versions = [versionOf(one), versionOf(two)];
  for (let turn = 0; turn < 3; turn++) await settle();
  expect([versionOf(one), versionOf(two)]).toEqual(versions);
});
