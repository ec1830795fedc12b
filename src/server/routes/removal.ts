import { redactor } from '../../redact/redact.ts';
import type { ForgetTarget } from '../../store/telemetry/telemetry.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';
import { spellings, traceIdInput } from './trace-id.ts';

const removed = json(
  z.object({ traces: z.number().describe('traces deleted; 0 where none is stored') }),
  'their bytes are off the disk; what arrives for them later is left out',
);

const one = route('admin', {
  method: 'delete',
  path: '/traces/{id}',
  summary: 'Delete a trace for good; answers when its bytes are gone',
  request: { params: z.object({ id: traceIdInput }) },
  responses: { 200: removed },
});

const many = route('admin', {
  method: 'delete',
  path: '/traces',
  summary: 'Delete all traces of a user or a tenant for good; answers when their bytes are gone',
  request: {
    query: z.strictObject({
      user: z.string().min(1).max(500).optional(),
      tenant: z.string().min(1).max(500).optional(),
    }),
  },
  responses: { 200: removed },
});

export function removalRoutes({ store, workspace, narratives, clock, note }: ServerContext): Api {
  const api = newApi();

  api.openapi(one, async (c) => {
    const { project } = c.var.access;
    const { id } = c.req.valid('param');
    const stored = await store.storedAmong(project, spellings(id));
    const traces = stored.size;
    // What has not come yet is left out once it does.
    for (const traceId of traces > 0 ? stored : spellings(id))
      await store.forget({ project, traceId });
    await narratives.forgetDeleted(project);
    await note(c.var.access, {
      ...{ action: 'traces.delete', subject: id, before: { traces }, after: null },
    });
    return c.json({ traces }, 200);
  });

  api.openapi(many, async (c) => {
    const { project } = c.var.access;
    const asked = c.req.valid('query');
    const { by, value } = targetOf(asked);
    const { text } = redactor({ mode: 'hash', salt: await workspace.redactionSalt(project) });
    let traces = 0;
    // Where the project hashes, or once did, the hash is what was stored.
    for (const stored of new Set([value, text(value)])) {
      traces += (await store.forget({ project, [by]: stored } as ForgetTarget)).traces;
      if (by === 'tenant') await forgetReports(project, stored);
    }
    await narratives.forgetDeleted(project);
    // Whom it was about is not kept either.
    await note(c.var.access, {
      ...{ action: 'traces.delete', subject: `all of a ${by}`, before: { traces }, after: null },
    });
    return c.json({ traces }, 200);
  });

  return api;

  /** What customers were given of the tenant goes, too. */
  async function forgetReports(project: string, tenant: string): Promise<void> {
    for (const link of await workspace.links.list(project)) {
      if (link.tenant !== tenant) continue;
      await workspace.links.revoke(project, link.id, clock());
      await workspace.removeSession(project, link.session);
    }
  }
}

/** Never everything by a name that was left out. Throws RequestError. */
function targetOf({
  user,
  tenant,
}: {
  readonly user?: string | undefined;
  readonly tenant?: string | undefined;
}): { readonly by: 'user' | 'tenant'; readonly value: string } {
  if (user !== undefined && tenant === undefined) return { by: 'user', value: user };
  if (tenant !== undefined && user === undefined) return { by: 'tenant', value: tenant };
  throw new RequestError({
    status: 400,
    code: 'invalid_input',
    detail: 'name whose traces to delete: either user or tenant',
  });
}
