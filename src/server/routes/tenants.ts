import { tenantsSchema } from '../../contract/tenants.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { unpacked } from '../analysis/frozen-models.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';

const tenants = named('Tenants', tenantsSchema);

const list = route('read', {
  method: 'get',
  path: '/tenants',
  summary: 'Causes by tenant: rates, lifts, where a cause stands out; small counts are hidden',
  responses: {
    200: json(
      z.object({
        at: z.iso
          .datetime()
          .nullable()
          .describe('when they were counted; null before the first analysis'),
        tenants: orNull(tenants).describe('null where no trace names a tenant'),
      }),
      'of the latest analysis, as `culprit tenants --json` prints it',
    ),
  },
});

export function tenantRoutes({ workspace }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const found = await workspace.latestTenants(project);
    if (found === null) return c.json({ at: null, tenants: null }, 200);
    const at = new Date(found.at).toISOString();
    if (found.tenants === null) return c.json({ at, tenants: null }, 200);
    const table = tenantsSchema.parse(unpacked(found.tenants));
    const { causes } = decisionsOf(await workspace.decisions(project));
    const titled = table.causes.map((row) => ({
      ...row,
      title: causes.get(row.id)?.title ?? row.title,
    }));
    return c.json({ at, tenants: { ...table, causes: titled } } as never, 200);
  });
  return api;
}
