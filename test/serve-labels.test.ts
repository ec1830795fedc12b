import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Routes, Schemas } from '../src/client/client.ts';
import { openWorkspace, type Workspace } from '../src/store/workspace/workspace.ts';
import { type TestServer, testServer } from '../src/testing/test-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'culprit-labels-'));
let workspace: Workspace;
let server: TestServer;
beforeAll(async () => {
  workspace = await openWorkspace({ folder });
  server = await testServer({}, undefined, workspace);
}, 60_000);
afterAll(async () => {
  await server.close();
  await workspace.close();
  rmSync(folder, { recursive: true, force: true });
  expect(server.errors).toEqual([]);
});

type Answer<Name extends keyof Routes> = Routes[Name]['answer'];

/** Asks as a person of a project. */
async function ask<Body>(
  path: string,
  body?: unknown,
  { by = 'Ada', project = 'shop', method = body === undefined ? 'GET' : 'POST' } = {},
): Promise<Body & { readonly code?: string; readonly detail?: string }> {
  const headers = {
    'x-culprit-project': project,
    'x-culprit-person': encodeURIComponent(by),
    'content-type': 'application/json',
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${server.url}/api/v1${path}`, { method, headers, ...sent });
  return (await answer.json()) as Body & { readonly code?: string };
}

const newQueue = async (given: object = {}, project = 'shop'): Promise<Schemas['Queue']> =>
  (
    await ask<Answer<'POST /queues'>>(
      '/queues',
      { name: 'Doubt', kind: 'traces', ...given },
      { project },
    )
  ).queue;
const next = async (queue: string, by: string): Promise<Schemas['QueueItem']> =>
  (await ask<Answer<'POST /queues/{id}/next'>>(`/queues/${queue}/next`, {}, { by })).item!;
const say = (item: string, by: string, said: object) =>
  ask<Answer<'POST /items/{id}/answer'>>(`/items/${item}/answer`, said, { by });
const genuine = (category: string, more: object = {}) => ({
  ...{ triage: 'genuine', category, ...more },
});

/** A trace that fails for its status, with a score. */
const failing = (id: string, text: string, score: number, tenant = 'acme') => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'bot' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: id.padStart(32, '0'),
              spanId: id.padStart(16, '0'),
              name: 'chat',
              startTimeUnixNano: `${Date.now()}000000`,
              endTimeUnixNano: `${Date.now() + 5}000000`,
              status: { code: 2, message: 'boom' },
              attributes: [
                { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                { key: 'gen_ai.prompt.0.role', value: { stringValue: 'user' } },
                { key: 'gen_ai.prompt.0.content', value: { stringValue: text } },
                { key: 'tenant.id', value: { stringValue: tenant } },
              ],
            },
          ],
        },
      ],
    },
  ],
  score,
});

test('rules put failed traces into queues when they are finished', async () => {
  const headers = { 'x-culprit-project': 'routed' };
  const all = await newQueue({ name: 'All', rules: [{}] }, 'routed');
  const none = await newQueue({ name: 'Other tenant', rules: [{ tenant: 'nobody' }] }, 'routed');
  for (const id of ['a1', 'a2', 'a3']) {
    const { resourceSpans } = failing(id, `Question ${id}`, 0);
    await server.post('/v1/traces', { resourceSpans }, headers);
  }
  await server.rest(600_000);
  const items = async (queue: string) =>
    (
      await ask<Answer<'GET /queues/{id}/items'>>(`/queues/${queue}/items`, undefined, {
        project: 'routed',
      })
    ).items;
  const found = await items(all.id);
  expect(found.map(({ title }) => title).sort()).toEqual([
    'Question a1',
    'Question a2',
    'Question a3',
  ]);
  expect(found[0]?.reasons[0]).toEqual({ kind: 'error', name: '', points: 100 });
  expect(await items(none.id)).toEqual([]);
  // What is stored already is added once.
  const fill = (queue: string) =>
    ask<Answer<'POST /queues/{id}/items'>>(
      `/queues/${queue}/items`,
      { filter: { failed: 'true' } },
      { project: 'routed' },
    );
  expect((await fill(none.id)).added).toBe(3);
  expect((await fill(none.id)).added).toBe(0);
});

test('what disagrees is queued: scores and detectors when it is finished, people when they label; a preview says how many', async () => {
  const project = 'disputed';
  const headers = { 'x-culprit-project': project };
  const rules = [{ reason: 'disagreement' }];
  const queue = await newQueue({ name: 'Disputed', rules }, project);
  const items = async () =>
    (
      await ask<Answer<'GET /queues/{id}/items'>>(`/queues/${queue.id}/items`, undefined, {
        project,
      })
    ).items;
  for (const id of ['b1', 'b2']) {
    const { resourceSpans } = failing(id, `Question ${id}`, 0);
    await server.post('/v1/traces', { resourceSpans }, headers);
  }
  const scores = [{ traceId: 'b1'.padStart(32, '0'), name: 'groundedness', value: 0.1 }];
  await ask('/scores', scores, { project });
  await server.rest(600_000);
  const why = async () =>
    (await items()).map(({ title, reasons }) => [
      title,
      reasons.flatMap(({ kind, name }) => (kind === 'disagreement' ? [name] : [])),
    ]);
  // The score says that it failed, and no detector found out why.
  expect(await why()).toEqual([['Question b1', ['scores and detectors']]]);
  const label = (by: string, triage: string) =>
    ask(
      '/labels',
      {
        ...{ kind: 'trace', subject: 'b2'.padStart(32, '0') },
        label: { triage, category: triage === 'genuine' ? 'agent_loop' : null },
      },
      { by, project },
    );
  await label('Ada', 'genuine');
  expect(await items()).toHaveLength(1);
  await label('Ben', 'bad_item');
  expect(await why()).toContainEqual(['Question b2', ['two people']]);
  const preview = (given: readonly object[]) =>
    ask<Answer<'POST /queues/preview'>>('/queues/preview', { rules: given }, { project });
  expect(await preview([...rules, {}, { tenant: 'nobody' }])).toMatchObject({
    ...{ failures: 2, taken: 2, rules: [1, 2, 0] },
  });
  const { items: shown, since } = await preview(rules);
  expect(shown.map(({ title }) => title)).toEqual(['Question b1']);
  expect(since).not.toBe(null);
  // Before the first analysis, nothing tells a new kind from a known one.
  expect((await preview([{ reason: 'new_kind' }, { reason: 'edge' }])).taken).toBe(0);
  expect((await preview([])).code).toBe('invalid_input');
  // A queue is filled by its rules from what is stored.
  const later = await newQueue({ name: 'Later', rules }, project);
  const fill = (id: string) =>
    ask<Answer<'POST /queues/{id}/items'>>(`/queues/${id}/items`, { byRules: true }, { project });
  expect((await fill(later.id)).added).toBe(1);
  expect((await fill((await newQueue({}, project)).id)).detail).toMatch(/no rule/);
});

test('two annotators, blind: nothing of the other until both have answered; then a third settles', async () => {
  const queue = await newQueue({ annotators: 2, blind: true });
  await ask(`/queues/${queue.id}/items`, { subjects: ['t-1'] });
  const item = await next(queue.id, 'Ada');
  expect(item).toMatchObject({ isBlind: true, proposal: null, reasons: [], points: null });
  const first = await say(item.id, 'Ada', genuine('agent_loop', { note: 'It repeats' }));
  expect(first.label.category).toBe('agent_loop');
  expect((await say(item.id, 'Ada', genuine('gave_up'))).code).toBe('not_wanted');
  const labels = async (by: string) =>
    (await ask<Answer<'GET /labels'>>(`/labels?queue=${queue.id}`, undefined, { by })).items.map(
      ({ person, note }) => [person, note],
    );
  expect(await labels('Ben')).toEqual([]);
  // The log says that Ada answered, not what.
  const log = JSON.stringify(await ask('/activity', undefined, { by: 'Ben' }));
  expect(log).not.toMatch(/It repeats|agent_loop/);
  const open = await ask<Answer<'GET /queues/{id}/disagreements'>>(
    `/queues/${queue.id}/disagreements`,
  );
  expect(open.items).toEqual([]);
  await next(queue.id, 'Ben');
  await say(item.id, 'Ben', genuine('gave_up', { note: 'It stops' }));
  expect(await labels('Cleo')).toEqual([
    ['Ben', 'It stops'],
    ['Ada', 'It repeats'],
  ]);
  const { items } = await ask<Answer<'GET /queues/{id}/disagreements'>>(
    `/queues/${queue.id}/disagreements`,
  );
  expect(items[0]?.answers.map(({ name }) => name)).toEqual(['A', 'B']);
  expect(JSON.stringify(items[0]?.answers)).not.toMatch(/Ada|Ben/);
  expect((await ask(`/items/${item.id}/settle`, genuine('agent_loop'))).detail).toMatch(/why/);
  const settled = await ask<Answer<'POST /items/{id}/settle'>>(
    `/items/${item.id}/settle`,
    genuine('agent_loop', { note: 'Same call three times' }),
    { by: 'Cleo' },
  );
  expect(settled.label.settles).toBe(true);
  // Undone in general, as any action is.
  await ask(`/activity/${settled.activity}/undo`, {}, { by: 'Cleo' });
  const again = await ask<Answer<'GET /queues/{id}/disagreements'>>(
    `/queues/${queue.id}/disagreements`,
  );
  expect(again.items[0]?.settled).toBe(null);
});

test('a person without a name cannot read the log of answers, and hold, release and defer work', async () => {
  const queue = await newQueue();
  await ask(`/queues/${queue.id}/items`, { subjects: ['t-1', 't-2'] });
  const first = await next(queue.id, 'Zoë');
  await ask(`/items/${first.id}/release`, { defer: true }, { by: 'Zoë' });
  const second = await next(queue.id, 'Zoë');
  expect(second.id).not.toBe(first.id);
  expect(second.until).not.toBe(null);
  const taken = await ask<Answer<'POST /items/{id}/hold'>>(
    `/items/${second.id}/hold`,
    {},
    { by: 'Ben' },
  );
  expect(taken.item).toBe(null);
  const { label } = await say(second.id, 'Zoë', { triage: 'bad_item', category: null });
  expect(label).toMatchObject({ person: 'Zoë', triage: 'bad_item' });
  expect((await say(first.id, 'Zoë', { triage: 'bad_item', category: 'agent_loop' })).code).toBe(
    'invalid_input',
  );
  expect((await say(first.id, 'Zoë', genuine('nowhere'))).code).toBe('no_such_category');
});

test('a closed queue takes nothing; settings are checked', async () => {
  const queue = await newQueue();
  await ask(`/queues/${queue.id}/items`, { subjects: ['t-1'] });
  const edit = (change: object) =>
    ask<Answer<'PATCH /queues/{id}'>>(`/queues/${queue.id}`, change, { method: 'PATCH' });
  expect((await edit({ annotators: 9 })).code).toBe('invalid_input');
  const { queue: closed } = await edit({ isClosed: true });
  expect(closed).toMatchObject({ isClosed: true, name: 'Doubt', left: 0 });
  expect(await next(queue.id, 'Ada')).toBe(null);
});

test('a preview says how many labels move; the change is made, undone, and read from a file', async () => {
  for (let at = 0; at < 12; at++)
    await ask(
      '/labels',
      { kind: 'trace', subject: `t-${at}`, label: genuine('gave_up') },
      { project: 'tree' },
    );
  // Nobody has kept a taxonomy yet: the first label refers to the starter.
  const tree = <Name extends keyof Routes>(path: string, body?: unknown) =>
    ask<Answer<Name>>(path, body, { project: 'tree' });
  expect((await tree<'GET /taxonomy'>('/taxonomy')).labels).toEqual({ gave_up: 12 });
  const change = { kind: 'merge', from: ['gave_up'], into: 'agent_loop' };
  const preview = await tree<'POST /taxonomy/changes'>('/taxonomy/changes', {
    ...{ change, preview: true },
  });
  expect(preview.moves).toEqual([{ from: 'gave_up', to: 'agent_loop', labels: 12 }]);
  expect((await tree<'GET /taxonomy'>('/taxonomy')).labels).toEqual({ gave_up: 12 });
  const made = await tree<'POST /taxonomy/changes'>('/taxonomy/changes', { change });
  expect((await tree<'GET /taxonomy'>('/taxonomy')).labels).toEqual({ agent_loop: 12 });
  const ratified = await tree<'POST /taxonomy/ratify'>('/taxonomy/ratify', { version: 2 });
  expect(ratified.taxonomy.ratified?.by).toBe('Ada');
  expect((await tree('/taxonomy/ratify', { version: 1 })).code).toBe('changed_since');
  const undone = await tree(`/activity/${made.activity}/undo`, {});
  expect(undone).toMatchObject({ action: 'undo', undoes: made.activity });
  expect((await tree<'GET /taxonomy'>('/taxonomy')).labels).toEqual({ gave_up: 12 });
  const { yaml } = await tree<'GET /taxonomy/file'>('/taxonomy/file');
  const renamed = yaml.replace(/name: .*/, 'name: Says too much');
  const uploaded = await tree<'POST /taxonomy/file'>('/taxonomy/file', { yaml: renamed });
  expect(uploaded.taxonomy.categories[0]?.name).toBe('Says too much');
  expect((await tree('/taxonomy/file', { yaml: 'categories: [{id: Bad}]' })).code).toBe(
    'invalid_input',
  );
  const gone = await tree('/taxonomy/file', { yaml: 'categories: [{id: x, name: X}]' });
  expect(gone.detail).toMatch(/labels and nothing above/);
});

test('agreement says nothing under 30 items, and α from there on', async () => {
  const project = 'agreeing';
  const label = (by: string, subject: string, category: string, more: object = {}) =>
    ask('/labels', { kind: 'trace', subject, label: genuine(category, more) }, { project, by });
  const agreement = () => ask<Answer<'GET /agreement'>>('/agreement', undefined, { project });
  const kinds = ['agent_loop', 'gave_up', 'retrieval_miss'];
  for (let at = 0; at < 29; at++)
    for (const by of ['Ada', 'Ben'])
      await label(by, `t-${at}`, kinds[at % 3]!, {
        codes: [{ code: `code ${at % 3}`, quote: 'x', place: '' }],
        ...{ proposal: at % 2 === 0 ? 'accepted' : 'rejected', milliseconds: 30_000 },
      });
  expect((await agreement()).agreement).toMatchObject({ standing: 'too_few', alpha: null });
  await label('Ada', 't-29', 'agent_loop');
  await label('Ben', 't-29', 'gave_up');
  const now = await agreement();
  expect(now.agreement.standing).toBe('may_gate');
  expect(now.agreement.alpha).toBeGreaterThan(0.9);
  expect(now.agreement.same).toBeCloseTo(29 / 30, 10);
  expect(now.saturation.isQuiet).toBe(true);
  expect(now.proposals.labels).toEqual({
    ...{ decided: 58, accepted: 30, edited: 0, rejected: 28, minutes: 0.5 },
  });
  const decide = (subject: string, value: string) =>
    ask(
      '/decisions',
      { action: value, changes: [{ kind: 'cause', subject, field: 'proposal', value }] },
      { project },
    );
  for (const [cause, fate] of [
    ['c-1', 'accepted'],
    ['c-2', 'edited'],
    ['c-2', 'rejected'],
  ] as const)
    await decide(cause, fate);
  const { causes } = (await agreement()).proposals;
  expect(causes).toMatchObject({ decided: 2, accepted: 1, edited: 0, rejected: 1 });
  expect(causes.minutes).toBeLessThan(1);
  expect(now.codes.flatMap(({ codes }) => codes).toSorted()).toEqual([
    ...['code 0', 'code 1', 'code 2'],
  ]);
});
