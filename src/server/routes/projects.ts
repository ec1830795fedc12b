import { randomBytes } from 'node:crypto';
import { REDACTIONS } from '../../contract/redaction.ts';
import { type Key, type Project, SCOPES } from '../../store/workspace/workspace.ts';
import { keyHash, projectId } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const settings = z
  .object({
    redact: z.enum(REDACTIONS).describe('what becomes of personal data before anything is stored'),
    keepDays: z.number().int().min(1).max(20_000).describe('days that traces are kept'),
    scores: z.array(z.string().max(200)).max(100).describe('rules such as `groundedness<0.7`'),
  })
  .openapi('ProjectSettings');

const project = z
  .object({ id: z.string(), name: z.string(), created: z.iso.datetime(), settings })
  .openapi('Project');

const key = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('the first letters of the secret'),
    scopes: z.array(z.enum(SCOPES)),
    created: z.iso.datetime(),
    revoked: z.iso.datetime().nullable(),
  })
  .openapi('Key');

const get = route('read', {
  method: 'get',
  path: '/project',
  summary: 'The project of the key that is used',
  responses: { 200: json(project, 'the project') },
});

const change = route('admin', {
  method: 'patch',
  path: '/project',
  summary: 'Change settings; they apply to what is received from then on',
  request: {
    body: { required: true, content: { 'application/json': { schema: settings.partial() } } },
  },
  responses: { 200: json(project, 'the project as it is now') },
});

const list = route('admin', {
  method: 'get',
  path: '/projects',
  summary: 'All projects',
  responses: { 200: json(z.object({ items: z.array(project) }), 'the projects') },
});

const add = route('admin', {
  method: 'post',
  path: '/projects',
  summary: 'Make a project, with a key that may do everything in it',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.object({ name: z.string().min(1).max(200) }) } },
    },
  },
  responses: {
    201: json(
      z.object({ project, key, secret: z.string().describe('shown once') }),
      'the project and its key',
    ),
  },
});

const keyList = route('admin', {
  method: 'get',
  path: '/keys',
  summary: 'Keys of the project, without their secrets',
  responses: { 200: json(z.object({ items: z.array(key) }), 'the keys') },
});

const keyAdd = route('admin', {
  method: 'post',
  path: '/keys',
  summary: 'Make a key; its secret is shown once',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.object({
            name: z.string().min(1).max(200),
            scopes: z.array(z.enum(SCOPES)).min(1).default(['ingest']),
          }),
        },
      },
    },
  },
  responses: { 201: json(z.object({ key, secret: z.string() }), 'the key and its secret') },
});

const keyRevoke = route('admin', {
  method: 'delete',
  path: '/keys/{id}',
  summary: 'Revoke a key; it stops working within seconds',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: { 204: { description: 'revoked' } },
});

export function projectRoutes(context: ServerContext): Api {
  const { workspace, projects, note, clock, newId } = context;
  const api = newApi();

  api.openapi(get, async (c) => {
    const { project: id } = c.var.access;
    return c.json(shownProject(await found(id)), 200);
  });

  api.openapi(change, async (c) => {
    const { project: id } = c.var.access;
    const before = await found(id);
    const given = Object.entries(c.req.valid('json')).filter(([, value]) => value !== undefined);
    const changed = await workspace.changeSettings(id, Object.fromEntries(given));
    const days = (changed?.settings.keepDays ?? 0) - before.settings.keepDays;
    if (days !== 0) await context.store.extend(id, days);
    projects.forget(id);
    await note(c.var.access, {
      ...{ action: 'project.settings', subject: '' },
      ...{ before: before.settings, after: changed?.settings ?? null },
    });
    return c.json(shownProject(changed ?? before), 200);
  });

  api.openapi(list, async (c) => {
    const { project: own, person, isEverywhere } = c.var.access;
    const all = await workspace.projects();
    const mine = person === null ? [] : await workspace.people.memberships(person.id);
    const isShown = ({ id }: Project): boolean =>
      isEverywhere ||
      id === own ||
      mine.some(({ project, role }) => project === id && role === 'admin');
    return c.json({ items: all.filter(isShown).map(shownProject) }, 200);
  });

  api.openapi(add, async (c) => {
    const { name } = c.req.valid('json');
    const id = projectId(name);
    const made = await workspace.addProject(id, name);
    if (made === null)
      throw new RequestError({
        status: 409,
        code: 'project_exists',
        detail: `there is a project ${id} already`,
      });
    const { key: first, secret } = await newKey(id, 'first key', SCOPES);
    const { person, by, name: maker } = c.var.access;
    if (person?.isOwner === false) await workspace.people.join(id, person.id, 'admin', clock());
    await note(
      { project: id, by, name: maker },
      { action: 'project.add', subject: '', before: null, after: { name } },
    );
    return c.json({ project: shownProject(made), key: shownKey(first), secret }, 201);
  });

  api.openapi(keyList, async (c) => {
    const { project: id } = c.var.access;
    return c.json({ items: (await workspace.keys(id)).map(shownKey) }, 200);
  });

  api.openapi(keyAdd, async (c) => {
    const { project: id } = c.var.access;
    const { name, scopes } = c.req.valid('json');
    const made = await newKey(id, name, scopes);
    await note(c.var.access, {
      ...{ action: 'key.add', subject: made.key.id },
      ...{ before: null, after: { name, scopes } },
    });
    return c.json({ key: shownKey(made.key), secret: made.secret }, 201);
  });

  api.openapi(keyRevoke, async (c) => {
    const { project: id } = c.var.access;
    const revoked = c.req.valid('param').id;
    const isRevoked = await workspace.revokeKey(id, revoked, clock());
    if (!isRevoked)
      throw new RequestError({
        status: 404,
        code: 'no_such_key',
        detail: `the project ${id} has no valid key of that id`,
      });
    await note(c.var.access, {
      ...{ action: 'key.revoke', subject: revoked, before: { isValid: true } },
      after: { isValid: false },
    });
    return c.body(null, 204);
  });

  const found = async (id: string): Promise<Project> =>
    (await workspace.project(id)) ?? (await workspace.ensureProject(id, id));

  const newKey = async (id: string, name: string, scopes: Key['scopes']) => {
    const secret = `ck_${randomBytes(24).toString('base64url')}`;
    const made: Key = {
      id: newId(),
      project: id,
      name,
      prefix: secret.slice(0, 7),
      scopes,
      created: clock(),
      revoked: null,
    };
    await workspace.addKey(made, keyHash(secret));
    return { key: made, secret };
  };

  return api;
}

const shownProject = ({ id, name, created, settings: given }: Project) => ({
  ...{ id, name },
  created: new Date(created).toISOString(),
  settings: { ...given, scores: [...given.scores] },
});

const shownKey = ({ id, name, prefix, scopes, created, revoked }: Key) => ({
  ...{ id, name, prefix },
  scopes: [...scopes],
  created: new Date(created).toISOString(),
  revoked: revoked === null ? null : new Date(revoked).toISOString(),
});
