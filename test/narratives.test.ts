import { afterEach, describe, expect, test } from 'vitest';
import type { Schemas } from '../src/client/client.ts';
import type { Analysis } from '../src/contract/analysis.ts';
import type { Narrative } from '../src/contract/narrative.ts';
import { operatorSchema } from '../src/contract/operator.ts';
import { type ChatAnswer, type ChatServer, chatServer } from '../src/llm/testing/chat-server.ts';
import { sendJson } from '../src/llm/testing/json-server.ts';
import { keyHash } from '../src/server/http/access.ts';
import type { Scope, Workspace } from '../src/store/workspace/workspace.ts';
import { type AgentRun, asOtlp } from '../src/testing/agent-run.ts';
import { type MemoryTelemetry, memoryTelemetry } from '../src/testing/memory-telemetry.ts';
import { memoryWorkspace } from '../src/testing/memory-workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';
import { inventing, MADE_UP, PROPOSED_TITLE, truthful } from './label-answers.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const DISHES = ['soup', 'stew', 'curry', 'salad', 'pie', 'pasta', 'roast', 'bread'] as const;

/** 24 runs whose search fails, 14 in which it finds nothing, 42 that go well. */
const runs: readonly AgentRun[] = Array.from({ length: 80 }, (_, at): AgentRun => {
  const dish = `${DISHES[at % 8]!} for ${2 + (at % 5)}`;
  const result =
    at < 24
      ? `Error: database connection failed after ${at} seconds`
      : { recipes: at < 38 ? [] : [{ title: `${dish} with herbs`, minutes: 20 + at }] };
  return {
    id: (at + 1).toString(16).padStart(32, 'a'),
    request: `Please find a recipe: ${dish}`,
    steps: [{ tool: 'search_recipes', args: { query: dish }, result }],
    answer: at < 38 ? `Here is a good one: ${dish} as my aunt makes it.` : `Try the ${dish}.`,
    passed: at >= 38,
  };
});

type Shown = Schemas['CauseNarrative'];

interface Opened {
  readonly server: TestServer;
  readonly endpoint: ChatServer;
  /** Causes, first in rank first. */
  readonly causes: () => Promise<Analysis['clusters']>;
  readonly ask: (cause: string) => Promise<Response>;
  /** Once the question has ended. */
  readonly told: (cause: string) => Promise<Shown>;
}

const stored = new Map<MemoryTelemetry, Workspace>();

async function open(
  answer: ChatAnswer,
  {
    more = {},
    store = memoryTelemetry(),
    workspace = memoryWorkspace(),
  }: { more?: object; store?: MemoryTelemetry; workspace?: Workspace } = {},
): Promise<Opened> {
  const endpoint = await chatServer(answer);
  const labelModel = { model: 'm', url: endpoint.baseUrl, ...more };
  const operator = operatorSchema.parse({ labelModel });
  const server = await testServer({ operator }, store, workspace);
  opened.push(
    async () => await endpoint[Symbol.asyncDispose](),
    async () => {
      await server.close();
      expect(server.errors).toEqual([]);
    },
  );
  if (!stored.has(store)) {
    stored.set(store, workspace);
    expect((await server.post('/v1/traces', asOtlp(runs))).status).toBe(200);
    await server.rest(600_000);
    expect((await server.post('/api/v1/analyses?wait=true', {})).status).toBe(200);
  }
  const narrative = async (cause: string): Promise<Shown> =>
    (await (await server.get(`/api/v1/causes/${cause}/narrative`)).json()) as Shown;
  return {
    ...{ server, endpoint },
    async causes() {
      const answered = (await (await server.get('/api/v1/causes')).json()) as {
        causes: Analysis['clusters'];
      };
      return answered.causes;
    },
    ask: (cause) => server.post(`/api/v1/causes/${cause}/narrative`, {}),
    async told(cause) {
      const state = async () => (await narrative(cause)).question?.state ?? 'none';
      await expect.poll(state, { timeout: 20_000 }).not.toMatch(/waiting|running/);
      return await narrative(cause);
    },
  };
}

/** Another process on the same databases, after the first was killed. */
const reopened = (workspace: Workspace): Workspace => ({
  ...workspace,
  jobs: memoryWorkspace().jobs,
});

const PRICE = { price: { input: 1, output: 10 } };

describe('the label model of a server', () => {
  test('says what is behind a cause, with quotes of stored traces, also after another analysis', async () => {
    const at = await open(truthful);
    const [first] = await at.causes();
    const asked = await at.ask(first!.id);
    expect(asked.status).toBe(202);
    expect(await asked.json()).toMatchObject({ question: { state: 'waiting', by: 'local' } });
    const { narrative, question, told, model } = await at.told(first!.id);
    expect(question).toMatchObject({ state: 'done', error: null });
    expect(model).toMatch(/^m@127\.0\.0\.1:\d+$/);
    expect(told).not.toBeNull();
    expect(narrative).toMatchObject({ title: PROPOSED_TITLE, layer: 'tool', dropped: 0 });
    expect(narrative?.claims).toHaveLength(2);
    for (const { quote } of narrative?.claims ?? []) {
      const trace = await at.server.get(`/api/v1/traces/${quote?.traceId}`);
      expect(await trace.text()).toContain(JSON.stringify(quote?.quote).slice(1, -1));
    }
    // The runs are those of the cause, and the prompt has what code found.
    const [sent] = at.endpoint.received;
    expect(JSON.stringify(sent)).toContain('database connection failed');
    expect(JSON.stringify(sent)).toContain('findings of code');

    expect((await at.server.post('/api/v1/analyses?wait=true', {})).status).toBe(200);
    const [again] = await at.causes();
    expect(again).toMatchObject({ id: first!.id, title: first!.title, narrative });
    const report = await (await at.server.get('/api/v1/report')).text();
    expect(report).toContain(PROPOSED_TITLE);
  }, 60_000);

  test('is not paid twice for the same content', async () => {
    const at = await open(truthful);
    const [first] = await at.causes();
    for (let again = 0; again < 3; again++) {
      await at.ask(first!.id);
      expect((await at.told(first!.id)).question?.state).toBe('done');
    }
    expect(at.endpoint.received).toHaveLength(1);
  }, 60_000);

  test('never has an invented quote shown', async () => {
    const at = await open(inventing);
    const all = await at.causes();
    for (const { id } of all.filter(({ rank }) => rank !== null)) {
      await at.ask(id);
      const shown = await at.told(id);
      expect(JSON.stringify(shown)).not.toContain(MADE_UP);
      // A claim without a quote may stay, as a hypothesis.
      for (const { state } of (shown.narrative as Narrative | null)?.claims ?? [])
        expect(state).toBe('hypothesis');
    }
    expect(at.endpoint.received.length).toBeGreaterThan(1);
    for (const path of ['/api/v1/causes', '/api/v1/report', '/api/v1/jobs'])
      expect(await (await at.server.get(path)).text()).not.toContain(MADE_UP);
  }, 60_000);

  test('never takes more than its budget, over all replicas', async () => {
    const store = memoryTelemetry();
    const workspace = memoryWorkspace();
    const at = await open(truthful, { store, workspace, more: { callsPerDay: 1 } });
    const other = await open(truthful, { store, workspace, more: { callsPerDay: 1 } });
    const [first, second] = await at.causes();
    await at.ask(first!.id);
    expect((await at.told(first!.id)).question?.state).toBe('done');
    await other.ask(second!.id);
    const over = await other.told(second!.id);
    expect(over).toMatchObject({
      question: {
        state: 'failed',
        error: { code: 'budget', message: 'the budget of 1 call a day is used up' },
      },
      narrative: null,
    });
    expect(at.endpoint.received.length + other.endpoint.received.length).toBe(1);
    await other.server.rest(25 * 3_600_000);
    await other.ask(second!.id);
    expect((await other.told(second!.id)).question?.state).toBe('done');
  }, 60_000);

  test('has its dollars set aside before a call', async () => {
    const at = await open(truthful, { more: { ...PRICE, dollarsPerDay: 0.001 } });
    const [first] = await at.causes();
    await at.ask(first!.id);
    expect((await at.told(first!.id)).question?.error).toMatchObject({
      code: 'budget',
      message: expect.stringMatching(
        /^\$0 of the \$0\.001 a day are used, and this call may take \$0\.\d+$/,
      ),
    });
    expect(at.endpoint.received).toHaveLength(0);
  }, 60_000);

  test('that was under way when the process was killed is asked again only by a person', async () => {
    const store = memoryTelemetry();
    const workspace = memoryWorkspace();
    const killed = await open(() => {}, { store, workspace });
    const [first] = await killed.causes();
    await killed.ask(first!.id);
    await expect.poll(() => killed.endpoint.received.length, { timeout: 10_000 }).toBe(1);

    const more = { url: killed.endpoint.baseUrl };
    const next = await open(truthful, { store, workspace: reopened(workspace), more });
    expect(await next.told(first!.id)).toMatchObject({
      question: { state: 'failed', error: { code: 'unclear' } },
      narrative: null,
    });
    expect(killed.endpoint.received).toHaveLength(1);
    await next.ask(first!.id);
    await expect.poll(() => killed.endpoint.received.length, { timeout: 10_000 }).toBe(2);
  }, 60_000);

  test('that had answered when the process was killed is not asked again', async () => {
    const store = memoryTelemetry();
    const first = memoryWorkspace();
    // The process ends after the answer was charged, and before the narrative is kept.
    let isEnding = false;
    const dying: Workspace = {
      ...first,
      narratives: {
        ...first.narratives,
        move(project, cause, to) {
          if (to.state === 'running') return first.narratives.move(project, cause, to);
          isEnding = true;
          return new Promise(() => {});
        },
      },
    };
    const killed = await open(truthful, { store, workspace: dying });
    const [cause] = await killed.causes();
    await killed.ask(cause!.id);
    const more = { url: killed.endpoint.baseUrl };
    await expect.poll(() => isEnding, { timeout: 10_000 }).toBe(true);
    const next = await open(truthful, { store, workspace: reopened(first), more });
    expect(await next.told(cause!.id)).toMatchObject({
      question: { state: 'done' },
      narrative: { title: PROPOSED_TITLE },
    });
    expect(killed.endpoint.received).toHaveLength(1);
  }, 60_000);

  test('that is away says so, costs nothing, and keeps what it said before', async () => {
    let isAway = true;
    const at = await open((request, response, index) =>
      isAway
        ? sendJson(response, 503, { error: { message: 'overloaded' } })
        : truthful(request, response, index),
    );
    const [first] = await at.causes();
    await at.ask(first!.id);
    expect((await at.told(first!.id)).question).toMatchObject({
      ...{ state: 'failed', error: { code: 'failed', message: 'overloaded' } },
    });
    isAway = false;
    await at.ask(first!.id);
    expect((await at.told(first!.id)).narrative?.title).toBe(PROPOSED_TITLE);
  }, 60_000);

  test('is forgotten with the traces that it was shown', async () => {
    const at = await open(truthful);
    const [first] = await at.causes();
    await at.ask(first!.id);
    const { narrative } = await at.told(first!.id);
    const trace = narrative?.claims[0]?.quote?.traceId;
    const deleted = await fetch(`${at.server.url}/api/v1/traces/${trace}`, { method: 'DELETE' });
    expect(await deleted.json()).toEqual({ traces: 1 });
    expect(await at.told(first!.id)).toMatchObject({ question: null, narrative: null });
  }, 60_000);

  test('is asked by who may write, about a cause that there is', async () => {
    const at = await open(truthful);
    const [first] = await at.causes();
    expect((await at.ask('c-none')).status).toBe(404);
    const operator = operatorSchema.parse({ labelModel: { model: 'm', url: at.endpoint.baseUrl } });
    const workspace = at.server.workspace;
    const locked = await testServer({ operator, auth: true }, at.server.store, workspace);
    opened.push(() => locked.close());
    const statusFor = async (scope: Scope, method: string): Promise<number> => {
      const secret = `secret-of-${scope}-0123456789`;
      await workspace.addKey(
        { id: scope, project: 'default', name: scope, prefix: 's', scopes: [scope], created: 1 },
        keyHash(secret),
      );
      const headers = { authorization: `Bearer ${secret}` };
      const path = `${locked.url}/api/v1/causes/${first!.id}/narrative`;
      return (await fetch(path, { method, headers })).status;
    };
    expect(await statusFor('read', 'GET')).toBe(200);
    expect(await statusFor('read', 'POST')).toBe(403);
    expect(await statusFor('annotate', 'POST')).toBe(403);
    expect(at.endpoint.received).toHaveLength(0);
    expect(await statusFor('write', 'POST')).toBe(202);
  }, 60_000);
});

test('a server whose operator names no label model says so', async () => {
  const server = await testServer();
  opened.push(() => server.close());
  await server.workspace.ensureProject('default', 'default');
  const answer = await server.post('/api/v1/causes/c-1/narrative', {});
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({
    code: 'no_label_model',
    detail: expect.stringContaining('labelModel in the file of culprit serve --config'),
  });
  expect(await (await server.get('/api/v1/status')).json()).toMatchObject({ labelModel: null });
});

test('dollars need a price that is meant for the address', async () => {
  const url = 'http://127.0.0.1:9/v1';
  const started = (labelModel: object) =>
    testServer({ operator: operatorSchema.parse({ labelModel }) });
  await expect(started({ model: 'gpt-5-mini', url, dollarsPerDay: 1 })).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringMatching(/^config: labelModel: dollarsPerDay: .*give its price/),
  });
  const server = await started({ model: 'gpt-5-mini', dollarsPerDay: 1 });
  await server.close();
});
