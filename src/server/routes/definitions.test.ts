import { afterAll, beforeAll, expect, test } from 'vitest';
import { CulpritError } from '../../contract/culprit-error.ts';
import { memoryTelemetry } from '../../testing/memory-telemetry.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(async () => {
  await server.close();
  expect(server.errors).toEqual([]);
});

const get = async (path: string) => (await server.get(`/api/v1${path}`)).json();

const DAY = 86_400_000;
let sent = 0;
/** One call of a model with a system prompt and tools. */
async function send(
  system: string,
  given: Readonly<Record<string, string>>,
  tools: readonly object[] = [],
  to: TestServer = server,
) {
  const nano = `${to.now()}000000`;
  const traceId = (++sent).toString(16).padStart(32, '0');
  const text = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] });
  const attributes = Object.entries({
    'gen_ai.operation.name': 'chat',
    'gen_ai.input.messages': JSON.stringify([
      ...(system === '' ? [] : [text('system', system)]),
      text('user', 'Hi'),
    ]),
    ...(tools.length > 0 && { 'gen_ai.tool.definitions': JSON.stringify(tools) }),
    ...given,
  }).map(([key, value]) => ({ key, value: { stringValue: value } }));
  const span = {
    ...{ traceId, spanId: traceId.slice(16), name: 'answer', attributes },
    ...{ startTimeUnixNano: nano, endTimeUnixNano: nano },
  };
  const body = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
  expect((await to.post('/v1/traces', body)).status).toBe(200);
  await to.rest(30_000);
}

const version = (name: string, of: string) => ({
  ...{ 'gen_ai.prompt.name': name, 'gen_ai.prompt.version': of },
});

test('a prompt is stored once per version, and versions are compared by lines', async () => {
  await send('Be kind.\nBe brief.', version('shop/support', 'v1'));
  await send('Be kind.\nBe brief.', version('shop/support', 'v1'));
  await send('Be kind.\nBe exact.\nCite.', version('shop/support', 'v2'));
  expect(server.store.rows.definitions).toHaveLength(2);
  const list = await get('/prompts');
  expect(list).toMatchObject({
    items: [{ name: 'shop/support', versions: 2, latest: 'v2' }],
    isCut: false,
  });
  const name = encodeURIComponent('shop/support');
  const versions = await get(`/prompts/${name}`);
  expect(versions).toMatchObject({
    ...{ name: 'shop/support', isVarying: false, note: null },
    versions: [
      { version: 'v2', texts: [{ text: 'Be kind.\nBe exact.\nCite.', size: 24 }] },
      { version: 'v1', isVarying: false, texts: [{ text: 'Be kind.\nBe brief.' }] },
    ],
  });
  const changes = await get(`/prompts/${name}/changes?from=v1&to=v2`);
  expect(changes).toMatchObject({
    ...{ from: { version: 'v1' }, to: { version: 'v2' }, isSame: false, added: 2, removed: 1 },
    hunks: [
      {
        ...{ fromLine: 1, toLine: 1 },
        lines: [
          { kind: 'same', text: 'Be kind.' },
          { kind: 'removed', text: 'Be brief.' },
          { kind: 'added', text: 'Be exact.' },
          { kind: 'added', text: 'Cite.' },
        ],
      },
    ],
  });
  const byHash = `from=${changes.from.hash}&to=${changes.from.hash}`;
  expect(await get(`/prompts/${name}/changes?${byHash}`)).toMatchObject({
    isSame: true,
    hunks: [],
  });
});

test('a template counts instead of what it was filled with', async () => {
  const template = { 'llm.prompt_template.template': 'You help {user}.' };
  await send('You help Ann.', { ...version('greeting', 'v1'), ...template });
  await send('You help Bob.', { ...version('greeting', 'v1'), ...template });
  const { versions } = await get('/prompts/greeting');
  expect(versions).toMatchObject([{ version: 'v1', texts: [{ text: 'You help {user}.' }] }]);
});

test('a prompt that is filled with data of requests is bounded, and the answer says so', async () => {
  // Bounds hold for a day, and each trace takes half a minute.
  server.jump(DAY - (server.now() % DAY));
  for (let user = 0; user < 12; user++)
    await send(`You help user ${user}.`, version('filled', 'v1'));
  const filled = await get('/prompts/filled');
  expect(filled.versions).toMatchObject([{ version: 'v1', isVarying: true }]);
  expect(filled.versions[0].texts).toHaveLength(10);
  expect(filled.note).toMatch(/filled with data of single requests/);
  const words = 'alpha beta gamma delta epsilon zeta eta theta'.split(' ');
  const users = words.flatMap((one) => words.map((two) => `${one} ${two}`));
  // Without a version each text is one, unless it differs by numbers alone.
  for (const user of users) await send(`You help ${user}.`, { 'gen_ai.prompt.name': 'implied' });
  const implied = await get('/prompts/implied');
  expect(implied).toMatchObject({ isVarying: true });
  expect(implied.versions).toHaveLength(50);
  expect(await get('/prompts')).toMatchObject({ isCut: false });
});

test('a long text is cut and known as a whole', async () => {
  await send(`${'a'.repeat(70_000)}`, version('long', 'v1'));
  await send(`${'a'.repeat(70_001)}`, version('long', 'v2'));
  const { versions } = await get('/prompts/long');
  expect(versions[0].texts[0].text).toHaveLength(65_536);
  expect(versions[0].texts[0].size).toBe(70_001);
  expect(await get('/prompts/long/changes?from=v1&to=v2')).toMatchObject({
    ...{ isSame: false, added: 0, removed: 0 },
  });
});

test('a tool has a version for each definition, whatever the order of its keys', async () => {
  const tool = (parameters: object) => ({
    ...{ type: 'function', name: 'look_up', description: 'Finds an order.', parameters },
  });
  await send('', {}, [tool({ type: 'object', required: ['id'] })]);
  await send('', {}, [tool({ required: ['id'], type: 'object' })]);
  await send('', {}, [tool({ type: 'object', required: [] })]);
  const list = await get('/tools');
  expect(list.items).toMatchObject([{ name: 'look_up', versions: 2 }]);
  const { versions } = await get('/tools/look_up');
  const [later, earlier] = versions.map((each: { version: string }) => each.version);
  expect(versions[1].texts[0].text).toBe(
    'Finds an order.\n\n{\n  "required": [\n    "id"\n  ],\n  "type": "object"\n}',
  );
  expect(await get(`/tools/look_up/changes?from=${earlier}&to=${later}`)).toMatchObject({
    ...{ added: 1, removed: 3 },
  });
});

test('what is not there is named', async () => {
  const answer = await server.get('/api/v1/prompts/nothing');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'no_such_prompt' });
  const changes = await get('/tools/look_up/changes?from=v8&to=v9');
  expect(changes).toMatchObject({ status: 404, code: 'no_such_tool' });
  expect(changes.detail).toMatch(/look_up, version v8/);
  expect((await server.get('/api/v1/tools/look_up/changes?from=v8')).status).toBe(400);
});

test('a text that could not be stored comes with the traces that are tried again', async () => {
  const store = memoryTelemetry();
  let failures = 1;
  const own = await testServer(
    {},
    {
      ...store,
      async insert(rows) {
        if ('definitions' in rows && failures-- > 0)
          throw new CulpritError('store_unavailable', 'the store is away');
        await store.insert(rows);
      },
    },
  );
  await send('Be kind.', version('again', 'v1'), [], own);
  expect(own.errors).toHaveLength(1);
  expect(store.rows.definitions).toEqual([]);
  await own.rest(30_000);
  expect(store.rows.definitions).toMatchObject([{ name: 'again', text: 'Be kind.' }]);
  await own.close();
});
