import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const audit = z
  .object({
    id: z.number().int(),
    at: z.iso.datetime(),
    by: z
      .string()
      .describe(
        'id of the person or key; on a server without sign-in a name that was given, or `local`',
      ),
    name: z.string().describe('of the person or key, at that time'),
    action: z.string().describe('such as `key.revoke`'),
    subject: z.string().describe("id of what it was done to; '' for the project"),
    before: z.unknown().describe('null where it was not there'),
    after: z.unknown(),
  })
  .openapi('AuditEntry');

const list = route('admin', {
  method: 'get',
  path: '/audit',
  summary: 'Who changed what, newest first',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(50),
      before: z.coerce.number().int().min(1).optional().describe('`next` of the page before'),
    }),
  },
  responses: {
    200: json(
      z.object({ items: z.array(audit), next: z.number().int().nullable() }),
      'a page; `next` asks for the one after it',
    ),
  },
});

export function auditRoutes({ workspace }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const { limit, before } = c.req.valid('query');
    const { project } = c.var.access;
    const found = await workspace.audit.list(project, limit, before ?? null);
    const items = found.map(({ project: _, at, ...rest }) => ({
      ...rest,
      at: new Date(at).toISOString(),
    }));
    const next = found.length < limit ? null : (found.at(-1)?.id ?? null);
    return c.json({ items, next }, 200);
  });
  return api;
}
