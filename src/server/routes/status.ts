import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const status = z
  .object({
    version: z.string(),
    store: z.enum(['starting', 'ready', 'away', 'closed']),
    since: z.iso.datetime().describe('start of this process, from which on it counts'),
    received: z.number().describe('records accepted'),
    rejected: z.record(z.string(), z.number()).describe('records not taken, by reason'),
    openTraces: z.number().describe('traces that are still arriving'),
    finished: z.number().describe('traces assembled and judged'),
    superseded: z.number().describe('of them, again because something arrived late'),
    broken: z.number().describe('traces that could not be assembled'),
    funnel: z
      .object({
        stored: z.number(),
        eligible: z.number(),
        failed: z.number(),
        signaled: z.number(),
      })
      .describe('traces of this project: stored, that can be judged, that failed, with a reason'),
  })
  .openapi('Status');

const get = route('read', {
  method: 'get',
  path: '/status',
  summary: 'What the server has received, what became of it, and why anything was dropped',
  responses: { 200: json(status, 'the state now') },
});

export function statusRoutes(context: ServerContext): Api {
  const api = newApi();
  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const { received, rejected } = context.metrics.totals();
    const { openTraces, finished, superseded, broken } = context.progress();
    const funnel = await context.store.funnel({ project });
    return c.json(
      {
        version: context.version,
        store: context.store.status().state,
        since: new Date(context.since).toISOString(),
        ...{ received, rejected, openTraces, finished, superseded, broken, funnel },
      },
      200,
    );
  });
  return api;
}
