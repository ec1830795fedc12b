import { type Invitation, type Member, ROLES } from '../../store/workspace/workspace.ts';
import { newSecret } from '../accounts/accounts.ts';
import { keyHash } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const role = z.enum(ROLES);
const params = z.object({ id: z.string().min(1).max(100) });

const member = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    since: z.iso.datetime(),
    isOwner: z.boolean().describe('may do everything in every project'),
  })
  .openapi('Member');

const invitation = z
  .object({
    id: z.string(),
    email: z.string(),
    role,
    by: z.string().describe('id of who invites'),
    created: z.iso.datetime(),
    expires: z.iso.datetime(),
  })
  .openapi('Invitation');

const list = route('admin', {
  method: 'get',
  path: '/people',
  summary: 'Who takes part in the project',
  responses: { 200: json(z.object({ items: z.array(member) }), 'the people') },
});

const change = route('admin', {
  method: 'patch',
  path: '/people/{id}',
  summary: 'Change the role of a person; it applies within seconds',
  request: {
    params,
    body: { required: true, content: { 'application/json': { schema: z.strictObject({ role }) } } },
  },
  responses: { 200: json(member, 'the person as they are now') },
});

const remove = route('admin', {
  method: 'delete',
  path: '/people/{id}',
  summary: 'Remove a person from the project; who takes part in no other is signed out',
  request: { params },
  responses: { 204: { description: 'removed' } },
});

const invitations = route('admin', {
  method: 'get',
  path: '/invitations',
  summary: 'Invitations that are open',
  responses: { 200: json(z.object({ items: z.array(invitation) }), 'newest first') },
});

const invite = route('admin', {
  method: 'post',
  path: '/invitations',
  summary: 'Invite somebody; the secret of the link is shown once, and nothing is sent',
  request: {
    body: {
      required: true,
      content: {
        'application/json': { schema: z.strictObject({ email: z.email().max(254), role }) },
      },
    },
  },
  responses: {
    201: json(
      z.object({ invitation, secret: z.string().describe('for the page `/invitation#SECRET`') }),
      'pass the link on yourself; it holds for a week and once',
    ),
  },
});

const withdraw = route('admin', {
  method: 'delete',
  path: '/invitations/{id}',
  summary: 'Withdraw an invitation',
  request: { params },
  responses: { 204: { description: 'withdrawn' } },
});

const WEEK = 7 * 86_400_000;

export function peopleRoutes({ workspace, accounts, note, clock, newId }: ServerContext): Api {
  const api = newApi();

  const found = async (project: string, id: string): Promise<Member> => {
    const person = (await workspace.people.members(project)).find((each) => each.id === id);
    if (person !== undefined) return person;
    throw missing('no_such_person', `nobody of that id takes part in the project ${project}`);
  };

  api.openapi(list, async (c) => {
    const members = await workspace.people.members(c.var.access.project);
    return c.json({ items: members.map(shownMember) }, 200);
  });

  api.openapi(change, async (c) => {
    const { access } = c.var;
    const before = await found(access.project, c.req.valid('param').id);
    const after = { ...before, role: c.req.valid('json').role };
    await workspace.people.changeRole(access.project, before.id, after.role);
    await note(access, {
      ...{ action: 'person.role', subject: before.id },
      ...{ before: { role: before.role }, after: { role: after.role } },
    });
    return c.json(shownMember(after), 200);
  });

  api.openapi(remove, async (c) => {
    const { access } = c.var;
    const person = await found(access.project, c.req.valid('param').id);
    await workspace.people.removeMember(access.project, person.id);
    const isElsewhere =
      person.isOwner || (await workspace.people.memberships(person.id)).length > 0;
    if (!isElsewhere) await accounts?.signIn.signOut(person.id);
    const { name, email, role: held } = person;
    await note(access, {
      ...{ action: 'person.remove', subject: person.id },
      ...{ before: { name, email, role: held }, after: null },
    });
    return c.body(null, 204);
  });

  api.openapi(invitations, async (c) => {
    const open = await workspace.people.invitations(c.var.access.project, clock());
    return c.json({ items: open.map(shownInvitation) }, 200);
  });

  api.openapi(invite, async (c) => {
    const { access } = c.var;
    if (accounts === null)
      throw new RequestError({
        status: 409,
        code: 'no_sign_in',
        detail: 'nobody signs in at this server; start it with --auth to invite people',
      });
    const given = c.req.valid('json');
    const secret = newSecret();
    const made: Invitation = {
      ...{ id: newId(), project: access.project, role: given.role, by: access.by },
      email: given.email.toLowerCase(),
      ...{ created: clock(), expires: clock() + WEEK },
    };
    await workspace.people.invite(made, keyHash(secret));
    const { email, role: offered } = made;
    await note(access, {
      ...{ action: 'invitation.add', subject: made.id },
      ...{ before: null, after: { email, role: offered } },
    });
    return c.json({ invitation: shownInvitation(made), secret }, 201);
  });

  api.openapi(withdraw, async (c) => {
    const { access } = c.var;
    const { id } = c.req.valid('param');
    if (!(await workspace.people.withdraw(access.project, id)))
      throw missing('no_such_invitation', 'there is no open invitation of that id');
    const change = { action: 'invitation.withdraw', subject: id, before: {}, after: null };
    await note(access, change);
    return c.body(null, 204);
  });

  return api;
}

const missing = (code: string, detail: string): RequestError =>
  new RequestError({ status: 404, code, detail });

const shownMember = ({ since, ...rest }: Member): z.infer<typeof member> => ({
  ...rest,
  since: new Date(since).toISOString(),
});

const shownInvitation = ({ project: _, created, expires, ...rest }: Invitation) => ({
  ...rest,
  created: new Date(created).toISOString(),
  expires: new Date(expires).toISOString(),
});
