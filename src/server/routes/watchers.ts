import { alertSchema, INCIDENT_ENDS } from '../../contract/alert.ts';
import {
  WATCH_METHODS,
  WATCH_STATES,
  type Watcher,
  watcherSettingsSchema,
} from '../../contract/watcher.ts';
import type { StoredWatcherState } from '../../store/workspace/workspace.ts';
import {
  hourlyValues,
  parseWatchers,
  pastIncidents,
  seriesOf,
  type WatcherState,
  watcherIdSchema,
  watchersYaml,
  watchingOf,
} from '../../watch/watch.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { PREVIEW, pastSeries } from '../watching/past-series.ts';
import { versionChecks } from '../watching/versions/version-run.ts';
import { type Api, json, named, newApi, route } from './api-group.ts';

const settings = named('WatcherSettings', watcherSettingsSchema);
const alert = named('Alert', alertSchema);

const watcher = z
  .object({
    id: z.string(),
    settings,
    method: z
      .enum(WATCH_METHODS)
      .nullable()
      .describe('null where there is no series: applications, versions'),
    state: z.enum(WATCH_STATES),
    since: z.iso.datetime().nullable().describe('of the state'),
    until: z.iso.datetime().nullable().describe('what came until then was read; null: nothing yet'),
    level: z.number().nullable().describe('1 is where an alert begins'),
    value: z.number().nullable().describe('of the last hour; of cost and latency the logarithm'),
    usual: z.number().nullable(),
  })
  .openapi('Watcher');

const incident = z
  .object({
    id: z.string(),
    watcher: z.string(),
    start: z.iso.datetime(),
    ended: z.iso.datetime().nullable(),
    end: z.enum(INCIDENT_ENDS).nullable(),
    alert,
  })
  .openapi('Incident');

const delivery = z
  .object({
    id: z.string(),
    channel: z.string(),
    state: z.enum(['waiting', 'sent', 'dead']),
    attempts: z.number().int(),
    due: z.iso.datetime().describe('of the next attempt'),
    error: z.string().describe("why the last attempt failed; '' for none"),
    created: z.iso.datetime(),
    alert,
  })
  .openapi('Delivery');

const channel = z.object({ name: z.string(), kind: z.string() });

const list = route('read', {
  method: 'get',
  path: '/watchers',
  summary: 'What is watched, with the present state',
  responses: {
    200: json(
      z.object({
        items: z.array(watcher),
        channels: z.array(channel).describe('where alerts may go: the operator says so'),
      }),
      'the watchers, in order of their ids',
    ),
  },
});

const byId = z.object({ id: watcherIdSchema });

const put = route('write', {
  method: 'put',
  path: '/watchers/{id}',
  summary: 'Add or change a watcher; what it watches anew, it learns anew',
  request: {
    params: byId,
    body: { required: true, content: { 'application/json': { schema: settings } } },
  },
  responses: { 200: json(z.object({ id: z.string(), settings }), 'as it is now') },
});

const remove = route('write', {
  method: 'delete',
  path: '/watchers/{id}',
  summary: 'Remove a watcher with its incidents; one that comes by default does not come again',
  request: { params: byId },
  responses: { 204: { description: 'removed' } },
});

const preview = route('read', {
  method: 'post',
  path: '/watchers/preview',
  summary: 'The incidents that a watcher would have had within the last 30 days',
  request: { body: { required: true, content: { 'application/json': { schema: settings } } } },
  responses: {
    200: json(
      z.object({
        days: z.literal(PREVIEW),
        incidents: z.array(
          z.object({
            start: z.iso.datetime(),
            ended: z.iso.datetime().nullable(),
            end: z.enum(INCIDENT_ENDS).nullable(),
            value: z.number(),
            usual: z.number(),
          }),
        ),
        hours: z.array(
          z.object({
            at: z.iso.datetime(),
            value: z.number().nullable(),
            exposures: z.number(),
          }),
        ),
      }),
      'by the traces that are stored',
    ),
  },
});

const yaml = { 'application/yaml': { schema: z.string() } };

const readFile = route('read', {
  method: 'get',
  path: '/watchers.yaml',
  summary: 'All watchers as a file for git',
  responses: { 200: { description: 'YAML', content: yaml } },
});

const writeFile = route('write', {
  method: 'put',
  path: '/watchers.yaml',
  summary: 'Make the watchers those of a file: others are removed',
  request: { body: { required: true, content: yaml } },
  responses: { 200: json(z.object({ watchers: z.number().int() }), 'how many there are') },
});

const incidents = route('read', {
  method: 'get',
  path: '/incidents',
  summary: 'Incidents, the one that opened last first',
  responses: { 200: json(z.object({ items: z.array(incident) }), 'the last 200') },
});

const deliveries = route('read', {
  method: 'get',
  path: '/deliveries',
  summary: 'Messages about incidents and what became of them, the newest first',
  responses: { 200: json(z.object({ items: z.array(delivery) }), 'the last 200') },
});

const retry = route('write', {
  method: 'post',
  path: '/deliveries/retry',
  summary: 'Try a message again that could not be sent',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ id: z.string().max(500) }) } },
    },
  },
  responses: { 204: { description: 'it is tried again' } },
});

const tryChannel = route('write', {
  method: 'post',
  path: '/channels/{name}/test',
  summary: 'Send a message for a try',
  request: { params: z.object({ name: z.string().max(64) }) },
  responses: { 204: { description: 'sent' } },
});

const MOST = 200;

export function watchRoutes(context: ServerContext): Api {
  const { workspace, clock, store } = context;
  const api = newApi();
  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const states = await workspace.watch.watcherStates(project);
    const items = (await workspace.watch.watchers(project)).map((each) =>
      shown(each, states.get(each.id)),
    );
    return c.json({ items, channels: [...context.watching.channels.list] }, 200);
  });
  api.openapi(put, async (c) => {
    const { project } = c.var.access;
    const { id } = c.req.valid('param');
    const given = c.req.valid('json');
    watchingOf(given);
    checkChannels(given.channels, context);
    const before = await workspace.watch.watcher(project, id);
    const forget =
      before !== null &&
      JSON.stringify([before.of, before.where, before.method]) !==
        JSON.stringify([given.of, given.where, given.method]);
    await workspace.watch.putWatcher(project, id, given, forget);
    return c.json({ id, settings: given }, 200);
  });
  api.openapi(remove, async (c) => {
    const { project } = c.var.access;
    const { id } = c.req.valid('param');
    if (!(await workspace.watch.removeWatcher(project, id))) throw noWatcher(id);
    return c.body(null, 204);
  });
  api.openapi(preview, async (c) => {
    const { project } = c.var.access;
    const given = c.req.valid('json');
    const way = watchingOf(given);
    if (way === null) return c.json({ days: PREVIEW, incidents: [], hours: [] } as const, 200);
    const past = await pastSeries(project, given, {
      store,
      clock,
      causesOf: context.watching.causesOf,
    });
    const series = seriesOf(past.stretches);
    return c.json(
      {
        days: PREVIEW,
        incidents: pastIncidents(way, series, past.from).map(({ incident: each, ended, end }) => ({
          ...{ start: iso(each.start), ended: isoOrNull(ended), end },
          ...{ value: each.value, usual: each.usual },
        })),
        hours: hourlyValues(way, series, past.from).map((hour) => ({ ...hour, at: iso(hour.at) })),
      } as const,
      200,
    );
  });
  api.openapi(readFile, async (c) => {
    const watchers = await workspace.watch.watchers(c.var.access.project);
    return c.body(watchersYaml(watchers), 200, { 'content-type': 'application/yaml' });
  });
  api.openapi(writeFile, async (c) => {
    const { project } = c.var.access;
    const wanted = parseWatchers(await c.req.text());
    for (const { channels } of wanted) checkChannels(channels, context);
    const kept = new Set(wanted.map(({ id }) => id));
    for (const { id, ...rest } of wanted)
      await workspace.watch.putWatcher(project, id, rest, false);
    for (const { id } of await workspace.watch.watchers(project))
      if (!kept.has(id)) await workspace.watch.removeWatcher(project, id);
    return c.json({ watchers: wanted.length }, 200);
  });
  api.openapi(incidents, async (c) => {
    const found = await workspace.watch.incidents(c.var.access.project, MOST);
    const items = found.map((each) => ({
      ...each,
      ...{ start: iso(each.start), ended: isoOrNull(each.ended) },
    }));
    return c.json({ items }, 200);
  });
  api.openapi(deliveries, async (c) => {
    const found = await workspace.watch.deliveries(c.var.access.project, MOST);
    const items = found.map(({ project: _, ...each }) => ({
      ...each,
      ...{ due: iso(each.due), created: iso(each.created) },
    }));
    return c.json({ items }, 200);
  });
  api.openapi(retry, async (c) => {
    const { id } = c.req.valid('json');
    if (!(await workspace.watch.retry(c.var.access.project, id, clock())))
      throw new RequestError({
        ...{ status: 404, code: 'no_such_delivery' },
        detail: `there is no message ${id} that could not be sent`,
      });
    return c.body(null, 204);
  });
  api.openapi(tryChannel, async (c) => {
    const { name } = c.req.valid('param');
    checkChannels([name], context);
    try {
      await context.watching.test(c.var.access.project, name);
    } catch (cause) {
      const detail = `${name} could not be reached: ${cause instanceof Error ? cause.message : cause}`;
      throw new RequestError({ status: 502, code: 'channel_failed', detail }, { cause });
    }
    return c.body(null, 204);
  });
  return api;
}

const iso = (time: number): string => new Date(time).toISOString();
const isoOrNull = (time: number | null): string | null => (time === null ? null : iso(time));

function shown({ id, ...rest }: Watcher, stored: StoredWatcherState | undefined) {
  const way = watchingOf(rest);
  const base = {
    ...{ id, settings: rest, method: way?.method ?? null },
    until: stored === undefined ? null : iso(stored.until),
    ...{ since: null, level: null, value: null, usual: null },
  };
  if (rest.isPaused) return { ...base, state: 'paused' as const };
  if (stored === undefined) return { ...base, state: 'unknown' as const };
  if (rest.of.kind === 'versions') {
    const isOpen = versionChecks(stored).some(
      ({ step }) => step.kind === 'done' && step.isIncident,
    );
    return { ...base, state: isOpen ? ('alert' as const) : ('ok' as const) };
  }
  if (way === null) {
    const isStopped = Object.keys(stored.state as object).length > 0;
    return { ...base, state: isStopped ? ('stopped' as const) : ('ok' as const) };
  }
  const { standing, measurement } = stored.state as unknown as WatcherState;
  const isMeasured = measurement.kind === 'measured';
  return {
    ...base,
    ...{ state: standing.state, since: iso(standing.since) },
    level: isMeasured ? measurement.level : null,
    value: isMeasured ? measurement.value : null,
    usual: isMeasured ? measurement.usual : null,
  };
}

export function checkChannels(names: readonly string[], { watching }: ServerContext): void {
  const unknown = names.find((name) => watching.channels.find(name) === null);
  if (unknown === undefined) return;
  const known = watching.channels.list.map(({ name }) => name).join(', ') || 'none';
  throw new RequestError({
    ...{ status: 422, code: 'no_such_channel' },
    detail: `there is no channel ${unknown}; the operator of this server configured: ${known}`,
  });
}

const noWatcher = (id: string): RequestError =>
  new RequestError({
    ...{ status: 404, code: 'no_such_watcher' },
    detail: `there is no watcher ${id}`,
  });
