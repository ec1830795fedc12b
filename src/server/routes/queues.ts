import { labelFieldsSchema } from '../../contract/person-label.ts';
import { newQueueSchema, type Queue, queueSettingsSchema } from '../../contract/queue.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { given, label, shownLabel } from './labels.ts';
import { invalid, item, noQueue, queue, shownQueues } from './shown-queues.ts';
import { keepTaxonomy } from './taxonomies.ts';

const settings = queueSettingsSchema.unwrap();

const byId = { params: z.object({ id: z.string().max(100) }) };
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});
const oneItem = json(z.object({ item: orNull(item) }), 'the item; null when nothing is left');

const list = route('read', {
  method: 'get',
  path: '/queues',
  summary: 'Queues of traces and causes to label, newest first, with what is left for you',
  responses: { 200: json(z.object({ items: z.array(queue) }), 'the queues') },
});

const create = route('write', {
  method: 'post',
  path: '/queues',
  summary: 'Make a queue',
  request: body(newQueueSchema),
  responses: { 200: json(z.object({ queue, activity: z.string() }), 'the queue') },
});

const edit = route('write', {
  method: 'patch',
  path: '/queues/{id}',
  summary: 'Change the name, rules, annotators or blindness of a queue, or close it',
  request: { ...byId, ...body(settings.partial()) },
  responses: { 200: json(z.object({ queue, activity: z.string() }), 'the queue') },
});

const items = route('read', {
  method: 'get',
  path: '/queues/{id}/items',
  summary: 'Items of a queue in your order; answered ones last',
  request: {
    ...byId,
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }),
  },
  responses: { 200: json(z.object({ queue, items: z.array(item) }), 'the items') },
});

const next = route('annotate', {
  method: 'post',
  path: '/queues/{id}/next',
  summary: 'Reserve your next item for three minutes',
  request: byId,
  responses: { 200: oneItem },
});

const hold = route('annotate', {
  method: 'post',
  path: '/items/{id}/hold',
  summary: 'Reserve an item, or renew its reservation',
  request: byId,
  responses: { 200: oneItem },
});

const release = route('annotate', {
  method: 'post',
  path: '/items/{id}/release',
  summary: 'Give a reservation back; deferred items come last',
  request: {
    ...byId,
    ...body(z.strictObject({ defer: z.boolean().default(false) })),
  },
  responses: { 200: oneItem },
});

const answer = route('annotate', {
  method: 'post',
  path: '/items/{id}/answer',
  summary: 'Answer an item, where an answer of yours is still wanted',
  request: { ...byId, ...body(labelFieldsSchema) },
  responses: { 200: json(z.object({ label, activity: z.string() }), 'the answer') },
});

/** Milliseconds of a reservation: the page renews it well before. */
const HELD = 180_000;

export function queueRoutes(context: ServerContext): Api {
  const { workspace, clock, newId, routing } = context;
  const { queueOf, itemOf, shownQueue, shownItem, shownItems } = shownQueues(context);
  const api = newApi();

  api.openapi(list, async (c) => {
    const { project, by } = c.var.access;
    const all = await workspace.annotation.queues(project);
    const shown = [];
    for (const each of all) shown.push(await shownQueue(each, by));
    return c.json({ items: shown }, 200);
  });

  api.openapi(create, async (c) => {
    const { project, by } = c.var.access;
    const { kind, ...wanted } = c.req.valid('json');
    if (kind === 'causes' && wanted.rules.length > 0)
      throw invalid('rules: they put traces into queues; a queue of causes has none');
    const doing = { id: newId(), at: clock(), by };
    const made = await workspace.annotation.addQueue(project, doing, {
      ...{ id: newId(), kind },
      settings: { ...wanted, isClosed: false },
    });
    routing.forget(project);
    return c.json({ queue: await shownQueue(made, by), activity: doing.id }, 200);
  });

  api.openapi(edit, async (c) => {
    const { project, by } = c.var.access;
    const { id } = c.req.valid('param');
    const before = await queueOf(project, id);
    const change = Object.fromEntries(
      Object.entries(await c.req.json()).filter(([name]) => Object.hasOwn(settings.shape, name)),
    );
    const wanted = queueSettingsSchema.parse({ ...settingsOf(before), ...change });
    if (before.kind === 'causes' && wanted.rules.length > 0)
      throw invalid('rules: they put traces into queues; a queue of causes has none');
    const doing = { id: newId(), at: clock(), by };
    const made = await workspace.annotation.changeQueue(project, doing, id, wanted);
    routing.forget(project);
    if (made === null) throw noQueue(project, id);
    return c.json({ queue: await shownQueue(made, by), activity: doing.id }, 200);
  });

  api.openapi(items, async (c) => {
    const { project, by: person } = c.var.access;
    const found = await queueOf(project, c.req.valid('param').id);
    const { limit } = c.req.valid('query');
    const all = await workspace.annotation.items({ queue: found.id, person, now: clock(), limit });
    return c.json(
      {
        queue: await shownQueue(found, person),
        items: await shownItems(project, found, all, person),
      },
      200,
    );
  });

  api.openapi(next, async (c) => {
    const { project, by: person } = c.var.access;
    const found = await queueOf(project, c.req.valid('param').id);
    const now = clock();
    const taken = await workspace.annotation.next(found.id, { person, now, until: now + HELD });
    return c.json({ item: await shownItem(project, found, taken, person) }, 200);
  });

  api.openapi(hold, async (c) => {
    const { project, by: person } = c.var.access;
    const { id } = c.req.valid('param');
    const found = await itemOf(project, id);
    const now = clock();
    const taken = await workspace.annotation.hold(project, id, { person, now, until: now + HELD });
    return c.json({ item: await shownItem(project, found.queue, taken, person) }, 200);
  });

  api.openapi(release, async (c) => {
    const { project, by: person } = c.var.access;
    const { id } = c.req.valid('param');
    const found = await itemOf(project, id);
    const { defer: isDeferred } = c.req.valid('json');
    const given = await workspace.annotation.release(project, id, { person, isDeferred });
    return c.json({ item: await shownItem(project, found.queue, given, person) }, 200);
  });

  api.openapi(answer, async (c) => {
    const { project, by } = c.var.access;
    const { id } = c.req.valid('param');
    await itemOf(project, id);
    const doing = { id: newId(), at: clock(), by, label: newId() };
    await keepTaxonomy(context, project);
    const result = await workspace.annotation.answer(project, id, {
      ...doing,
      fields: c.req.valid('json'),
    });
    const label = given(result);
    if (label.kind === 'trace') await routing.labeled(project, label.subject);
    return c.json({ label: shownLabel(label), activity: doing.id }, 200);
  });

  return api;
}

const settingsOf = ({ name, annotators, blind, rules, isClosed }: Queue) => ({
  ...{ name, annotators, blind, rules, isClosed },
});
