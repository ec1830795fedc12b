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

const sendTrace = async (traceId: string, sessionId: string): Promise<void> => {
  const attributes = Object.entries({
    'gen_ai.operation.name': 'chat',
    'input.value': 'Hi',
    'session.id': sessionId,
  }).map(([key, value]) => ({ key, value: { stringValue: value } }));
  const nano = `${server.now()}000000`;
  const span = {
    ...{ traceId, spanId: traceId.slice(16), name: 'chat', attributes },
    ...{ startTimeUnixNano: nano, endTimeUnixNano: nano },
  };
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  expect((await server.post('/v1/traces', body)).status).toBe(200);
};

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
