import type { JsonObject } from '../../contract/json.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const source = z
  .string()
  .min(1)
  .max(1000)
  .describe('names the project of another tool: `langfuse https://… pk-…`');
const state = z
  .record(z.string().max(500), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 100_000, {
    message: 'over 100,000 characters',
  })
  .describe('whatever the importer needs to go on');

const get = route('ingest', {
  method: 'get',
  path: '/import-states',
  summary: 'How far the history of another tool was imported',
  request: { query: z.object({ source }) },
  responses: {
    200: json(z.object({ state: z.unknown() }), 'as it was kept; null before the first import'),
  },
});

const put = route('ingest', {
  method: 'put',
  path: '/import-states',
  summary: 'Keep how far the history of another tool was imported',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ source, state }) } },
    },
  },
  responses: { 204: { description: 'kept' } },
});

export function importStateRoutes({ workspace, clock }: ServerContext): Api {
  const api = newApi();
  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const found = await workspace.importState(project, c.req.valid('query').source);
    return c.json({ state: found }, 200);
  });
  api.openapi(put, async (c) => {
    const { project } = c.var.access;
    const given = c.req.valid('json');
    await workspace.keepImportState(project, given.source, given.state as JsonObject, clock());
    return c.body(null, 204);
  });
  return api;
}
