import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const list = route('read', {
  method: 'get',
  path: '/names',
  summary: 'Names of the people and keys that take part in the project, or did something there',
  responses: {
    200: json(
      z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
      'for the ids in `by`; who has left is still among them',
    ),
  },
});

export function nameRoutes({ workspace }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const items = await workspace.people.names(c.var.access.project);
    return c.json({ items: items.map(({ id, name }) => ({ id, name })) }, 200);
  });
  return api;
}
