import type { Access } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const name = z
  .string()
  .regex(/^\w[\w.-]{0,99}$/, 'letters, digits, dots, hyphens and underscores')
  .describe('of the folder below `backups`');

const list = route('admin', {
  method: 'get',
  path: '/backups',
  summary: 'Backups that are whole, newest first',
  responses: {
    200: json(
      z.object({
        items: z.array(z.object({ name, made: z.iso.datetime(), bytes: z.number().int() })),
      }),
      'the backups',
    ),
  },
});

const add = route('admin', {
  method: 'post',
  path: '/backups',
  summary: 'Copy the traces of all projects to a folder of the server, while it serves',
  request: {
    body: {
      content: { 'application/json': { schema: z.strictObject({ name: name.optional() }) } },
    },
  },
  responses: { 201: json(z.object({ name }), 'the backup is whole') },
});

const restore = route('admin', {
  method: 'post',
  path: '/backups/{name}/restore',
  summary:
    'Put a backup in the place of the traces of all projects; what was deleted since is deleted again',
  request: { params: z.object({ name }) },
  responses: { 204: { description: 'restored' } },
});

export function backupRoutes({ store, workspace, clock, note }: ServerContext): Api {
  const api = newApi();

  api.openapi(list, async (c) => {
    await checkAlone(c.var.access);
    const backups = await store.backups();
    if (backups === null)
      throw new RequestError({
        status: 409,
        code: 'backups_elsewhere',
        detail:
          'the server of CLICKHOUSE_URL keeps the backups; ask it (system.backups), or look where it writes them',
      });
    const items = backups.map((each) => ({ ...each, made: new Date(each.made).toISOString() }));
    return c.json({ items }, 200);
  });

  api.openapi(add, async (c) => {
    await checkAlone(c.var.access);
    const made = c.req.valid('json').name ?? nameAt(clock());
    await store.backup(made);
    await note(c.var.access, { action: 'backup.add', subject: made, before: null, after: {} });
    return c.json({ name: made }, 201);
  });

  api.openapi(restore, async (c) => {
    await checkAlone(c.var.access);
    const restored = c.req.valid('param').name;
    await store.restore(restored);
    await note(c.var.access, {
      action: 'backup.restore',
      subject: restored,
      before: null,
      after: {},
    });
    return c.body(null, 204);
  });

  return api;

  /** A backup holds every project, and a key is for one. Throws RequestError. */
  async function checkAlone({ project, isEverywhere }: Access): Promise<void> {
    if (isEverywhere) return;
    const others = (await workspace.projects()).filter(({ id }) => id !== project);
    if (others.length === 0) return;
    throw new RequestError({
      status: 403,
      code: 'other_projects',
      detail:
        'a backup holds all projects of this server, and this key is for one of them: take the key of the operator (CULPRIT_OPERATOR_KEY of the server)',
    });
  }
}

/** `2026-11-30T21-40-00.000Z` */
const nameAt = (time: number): string => new Date(time).toISOString().replaceAll(':', '-');
