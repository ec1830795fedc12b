import {
  LONGEST_PASSWORD,
  type Person,
  SHORTEST_PASSWORD,
} from '../../store/workspace/workspace.ts';
import { entrance } from '../accounts/entrance.ts';
import type { Access } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';
import { personIn } from './sign-ins.ts';

export const password = z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);

const change = route('read', {
  method: 'post',
  path: '/password',
  summary: 'Change the password of the person; their other sign-ins end',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ current: z.string().max(LONGEST_PASSWORD), next: password }),
        },
      },
    },
  },
  responses: { 204: { description: 'changed' } },
});

const allow = route('admin', {
  method: 'post',
  path: '/people/{id}/reset',
  summary:
    'Make the link by which a person sets a new password; its secret is shown once, and nothing is sent',
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: {
    201: json(
      z.object({
        secret: z.string().describe('for the page `/reset#SECRET`'),
        expires: z.iso.datetime(),
      }),
      'pass the link on yourself; it holds for a day and once, and replaces the one before',
    ),
  },
});

const reset = route('anybody', {
  method: 'post',
  path: '/password-reset',
  summary: 'Set a new password by a link, end all sign-ins of the person, and sign in',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ secret: z.string().min(1).max(200), password }),
        },
      },
    },
  },
  responses: { 204: { description: 'signed in' } },
});

/** Passwords: one's own, and those that somebody forgot. */
export function passwordRoutes(context: ServerContext): Api {
  const { workspace, note, notePerson } = context;
  const { accounts, ask, enter } = entrance(context);
  const api = newApi();

  api.openapi(change, async (c) => {
    const person = personIn(c);
    const { current, next } = c.req.valid('json');
    const sent = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    await ask(c, '/change-password', sent);
    await notePerson(person, { action: 'password.change' });
    return c.body(null, 204);
  });

  api.openapi(allow, async (c) => {
    const { access } = c.var;
    const here = accounts();
    const { id } = c.req.valid('param');
    const person =
      (await workspace.people.members(access.project)).find((each) => each.id === id) ?? null;
    const self = person ?? (id === access.by ? access.person : null);
    if (self === null)
      throw new RequestError({
        status: 404,
        code: 'no_such_person',
        detail: `nobody of that id takes part in the project ${access.project}`,
      });
    if (!(await mayReset(access, self)))
      throw new RequestError({
        status: 403,
        code: 'other_projects',
        detail: `${self.name} may do things that you may not allow: ${
          self.isOwner ? 'the owner' : 'an admin of all their projects, or the owner,'
        } makes this link`,
      });
    const { secret, expires } = await here.allowReset(self.id, access.by);
    const until = new Date(expires).toISOString();
    await note(access, {
      ...{ action: 'password.link', subject: self.id },
      ...{ before: null, after: { name: self.name, email: self.email, expires: until } },
    });
    return c.json({ secret, expires: until }, 201);
  });

  api.openapi(reset, async (c) => {
    const { secret, password: next } = c.req.valid('json');
    const person = await accounts().resetPassword(secret, next);
    if (person === null)
      throw new RequestError({
        status: 403,
        code: 'reset_closed',
        detail: 'the link was used or replaced, or has expired; ask an admin for another',
      });
    await notePerson(person, { action: 'password.reset' });
    await enter(c, person.email, next);
    return c.body(null, 204);
  });

  return api;

  /** Whoever sets a password has all that its person has: nobody may give themselves more than they have. */
  async function mayReset(access: Access, person: Person): Promise<boolean> {
    if (access.person?.isOwner === true || access.by === person.id) return true;
    if (person.isOwner) return false;
    const own = access.person === null ? [] : await workspace.people.memberships(access.person.id);
    const administered = new Set(
      own.filter(({ role }) => role === 'admin').map(({ project }) => project),
    ).add(access.project);
    const theirs = await workspace.people.memberships(person.id);
    return theirs.every(({ project }) => administered.has(project));
  }
}
