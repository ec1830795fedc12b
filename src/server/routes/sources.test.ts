import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

interface Answer {
  readonly state: string;
  readonly rule: string;
  readonly items: readonly {
    readonly service: string;
    readonly sdk: string;
    readonly environment: string;
    readonly state: string;
    readonly traces: number;
    readonly checked: number;
    readonly usualIntervalMs: number | null;
    readonly stoppedAfterMs: number | null;
    readonly checklist: readonly {
      readonly item: string;
      readonly applies: number;
      readonly carried: number;
      readonly lines: readonly { readonly code: string }[];
    }[];
  }[];
}

const sources = async (): Promise<Answer> =>
  (await (await server.get('/api/v1/sources')).json()) as Answer;

let sent = 0;
/** One trace of a chat call. */
async function send(service: string, environment: string, attributes: object = {}) {
  const nano = `${server.now()}000000`;
  const list = (given: object) =>
    Object.entries(given).map(([key, value]) => ({ key, value: { stringValue: value } }));
  const traceId = (++sent).toString(16).padStart(32, '0');
  const span = {
    ...{ traceId, spanId: traceId.slice(16), name: 'chat' },
    ...{ startTimeUnixNano: nano, endTimeUnixNano: nano },
    attributes: list({ 'gen_ai.operation.name': 'chat', 'input.value': 'Hi', ...attributes }),
  };
  const resource = list({ 'service.name': service, 'deployment.environment.name': environment });
  const body = {
    resourceSpans: [{ resource: { attributes: resource }, scopeSpans: [{ spans: [span] }] }],
  };
  expect((await server.post('/v1/traces', body)).status).toBe(200);
  await server.rest(30_000);
}

test('a project without a trace has no data', async () => {
  expect(await sources()).toEqual({ state: 'no_data', rule: expect.any(String), items: [] });
  const status = await (await server.get('/api/v1/status')).json();
  expect(status.sources).toMatchObject({ state: 'no_data', receiving: 0, stopped: 0 });
});

test('each application and environment is a source with what its traces lack and the line to add', async () => {
  await server.rest(60_000);
  await send('shop', 'production', { 'user.id': 'u' });
  await send('shop', 'production');
  await send('shop', 'test', { 'openinference.span.kind': 'LLM', 'output.value': 'Hello.' });
  await server.rest(60_000);
  const { state, items } = await sources();
  expect(state).toBe('receiving');
  const found = items.map(({ service, sdk, environment, traces }) => ({
    ...{ service, sdk, environment, traces },
  }));
  expect(found).toEqual([
    { service: 'shop', sdk: 'openinference', environment: 'test', traces: 1 },
    { service: 'shop', sdk: 'opentelemetry', environment: 'production', traces: 2 },
  ]);
  const items0 = Object.fromEntries(items[1]!.checklist.map((each) => [each.item, each]));
  expect(items0['user']).toMatchObject({ applies: 2, carried: 1 });
  expect(items0['user']?.lines[0]?.code).toBe("span.setAttribute('user.id', user);");
  expect(items0['environment']).toMatchObject({ applies: 2, carried: 2, lines: [] });
  expect(items0['output']).toMatchObject({ applies: 2, carried: 0 });
  expect(items0['documents']).toBe(undefined);
});

test('a source that sent all the time and is silent has stopped', async () => {
  for (let slot = 0; slot < 12; slot++) {
    await send('bot', 'production');
    await server.rest(300_000 - 30_000);
  }
  const bot = async () => (await sources()).items.find(({ service }) => service === 'bot')!;
  expect(await bot()).toMatchObject({ state: 'receiving', stoppedAfterMs: 900_000 });
  await server.rest(1_200_000);
  expect(await bot()).toMatchObject({ state: 'stopped', traces: 12, usualIntervalMs: 300_000 });
  const status = await (await server.get('/api/v1/status')).json();
  expect(status.sources).toMatchObject({ state: 'receiving', stopped: 1 });
  expect(status.coverage.map(({ name }: { name: string }) => name)).toEqual([
    ...['received', 'accepted', 'stored', 'eligible', 'failed'],
  ]);
  expect(await (await server.get('/metrics')).text()).toMatch(
    /^culprit_sources\{state="stopped"\} 1$/m,
  );
});

test('every row has the environment and the version of the detectors', async () => {
  await send('shop', 'staging', { 'error.type': 'timeout' });
  const { traces, signals } = server.store.rows;
  const row = [...traces.values()].find(({ environment }) => environment === 'staging')!;
  const own = signals.filter(({ traceId }) => traceId === row.traceId);
  expect(own.length).toBeGreaterThan(0);
  for (const each of [row, ...own])
    expect(each).toMatchObject({ environment: 'staging', detectorVersion: '0.0.0' });
  expect(row).toMatchObject({ weight: 1 });
});
