import type { SharedLink } from '../../store/workspace/workspace.ts';
import { newSecret } from '../accounts/accounts.ts';
import { rollingWindow, windowFilter } from '../analysis/rolling-window.ts';
import { keyHash } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const DAY = 86_400_000;
/** More traces of a tenant are drawn from. */
const MOST_TRACES = 50_000;

const time = z.iso.datetime();

const link = z
  .object({
    id: z.string(),
    tenant: z.string(),
    session: z.string().describe('the session whose result it shows'),
    created: time,
    by: z.string().describe('who made it: id of a key or person'),
    expires: time,
    revoked: time.nullable().describe('null while it holds'),
    openings: z.number().int(),
    opened: time.nullable().describe('when last; null for never'),
  })
  .openapi('SharedLink');

const list = route('admin', {
  method: 'get',
  path: '/shared-links',
  summary: 'Links that customers read their report by, newest first',
  responses: { 200: json(z.object({ items: z.array(link) }), 'the last 200') },
});

const add = route('admin', {
  method: 'post',
  path: '/shared-links',
  summary: 'Make a report of one tenant alone, and the link that shows it to whoever has it',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            tenant: z.string().min(1).max(500),
            days: z.int().min(1).max(90).default(14).describe('that the link holds'),
          }),
        },
      },
    },
  },
  responses: {
    201: json(
      z.object({
        link,
        secret: z.string().describe('for the page `/shared/SECRET`; it is shown this once'),
      }),
      'the report is made as a session; the link shows it once that is done',
    ),
  },
});

const revoke = route('admin', {
  method: 'delete',
  path: '/shared-links/{id}',
  summary: 'Revoke a link, from the next request on',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: { 204: { description: 'revoked' } },
});

export function sharedLinkRoutes(context: ServerContext): Api {
  const { workspace, store, sessions, clock, newId, note } = context;
  const api = newApi();

  api.openapi(list, async (c) => {
    const items = (await workspace.links.list(c.var.access.project)).map(shownLink);
    return c.json({ items }, 200);
  });

  api.openapi(add, async (c) => {
    const { project, by } = c.var.access;
    const { tenant, days } = c.req.valid('json');
    const created = clock();
    const among = windowFilter(project, await rollingWindow(store, project, created));
    const { from } = among;
    const traces = await store.count({ ...among, tenant });
    if (traces === 0)
      throw new RequestError({
        status: 404,
        code: 'no_such_tenant',
        detail: `no recent trace is of the tenant ${tenant.slice(0, 100)}`,
      });
    const session = await sessions.create(project, {
      ...{ by, parent: null, agenda: [], people: [], notes: '', options: {} },
      name: `Report for ${tenant}`.slice(0, 200),
      filter: {
        ...{ tenant, isAlone: true, to: new Date(created).toISOString() },
        ...(from !== undefined && { from: new Date(from).toISOString() }),
        ...(traces > MOST_TRACES && { draw: { most: MOST_TRACES, by: null } }),
      },
    });
    const secret = newSecret();
    const expires = created + days * DAY;
    const made = { id: newId(), project, tenant, session: session.id, created, by, expires };
    await workspace.links.add(made, keyHash(secret));
    await note(c.var.access, {
      ...{ action: 'link.add', subject: made.id, before: null },
      after: { tenant, expires: new Date(expires).toISOString() },
    });
    const shown = shownLink({ ...made, revoked: null, openings: 0, opened: null });
    return c.json({ link: shown, secret }, 201);
  });

  api.openapi(revoke, async (c) => {
    const { id } = c.req.valid('param');
    const found = await workspace.links.revoke(c.var.access.project, id, clock());
    if (found === null)
      throw new RequestError({
        status: 404,
        code: 'no_such_link',
        detail: `there is no valid link ${id}`,
      });
    await note(c.var.access, {
      ...{ action: 'link.revoke', subject: id, before: { tenant: found.tenant }, after: null },
    });
    return c.body(null, 204);
  });

  return api;
}

function shownLink({ project: _, ...given }: SharedLink) {
  const iso = (at: number): string => new Date(at).toISOString();
  const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));
  return {
    ...given,
    ...{ created: iso(given.created), expires: iso(given.expires) },
    ...{ revoked: isoOrNull(given.revoked), opened: isoOrNull(given.opened) },
  };
}
