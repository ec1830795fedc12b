import { scheduleSettingsSchema } from '../../contract/schedule.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import { checkRule, nextDue } from '../scheduling/due-times.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, route } from './api-group.ts';
import { checkChannels } from './watchers.ts';

const settings = named('ScheduleSettings', scheduleSettingsSchema);

const schedule = z
  .object({
    id: z.string(),
    settings,
    next: z.iso.datetime().nullable().describe('null while it is paused'),
  })
  .openapi('Schedule');

const byId = z.object({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'use small letters, digits and dashes, such as `weekly`'),
});

const list = route('read', {
  method: 'get',
  path: '/schedules',
  summary: 'Scheduled sessions',
  responses: { 200: json(z.object({ items: z.array(schedule) }), 'in order of their ids') },
});

const put = route('write', {
  method: 'put',
  path: '/schedules/{id}',
  summary: 'Add or change sessions that begin by themselves',
  request: {
    params: byId,
    body: { required: true, content: { 'application/json': { schema: settings } } },
  },
  responses: { 200: json(schedule, 'as it is now') },
});

const remove = route('write', {
  method: 'delete',
  path: '/schedules/{id}',
  summary: 'Begin no more sessions; those that there are stay',
  request: { params: byId },
  responses: { 204: { description: 'removed' } },
});

export function scheduleRoutes(context: ServerContext): Api {
  const { workspace, clock } = context;
  const api = newApi();
  api.openapi(list, async (c) => {
    const all = await workspace.watch.schedules(c.var.access.project);
    const items = all.map(({ id, until: _, ...rest }) => ({
      ...{ id, settings: rest },
      next: rest.isPaused ? null : isoOrNull(nextDue(rest, clock())),
    }));
    return c.json({ items }, 200);
  });
  api.openapi(put, async (c) => {
    const { id } = c.req.valid('param');
    const given = c.req.valid('json');
    checkRule(given, clock());
    checkChannels(given.channels, context);
    await workspace.watch.putSchedule(c.var.access.project, id, given, clock());
    const next = given.isPaused ? null : isoOrNull(nextDue(given, clock()));
    return c.json({ id, settings: given, next }, 200);
  });
  api.openapi(remove, async (c) => {
    const { id } = c.req.valid('param');
    if (await workspace.watch.removeSchedule(c.var.access.project, id)) return c.body(null, 204);
    throw new RequestError({
      ...{ status: 404, code: 'no_such_schedule' },
      detail: `there is no schedule ${id}`,
    });
  });
  return api;
}

const isoOrNull = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();
