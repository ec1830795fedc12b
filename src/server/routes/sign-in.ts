import { LONGEST_PASSWORD, ROLES, SCOPES, scopesOf } from '../../store/workspace/workspace.ts';
import { entrance } from '../accounts/entrance.ts';
import type { Access } from '../http/access.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { password } from './passwords.ts';

const name = z.string().trim().min(1).max(200);
const email = z.email().max(254);
const secret = z.string().min(1).max(200);

const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const state = z
  .object({
    isOn: z.boolean().describe('whether people sign in; else whoever is here may do everything'),
    isSetUp: z.boolean().describe('false: the first person is added by the link in the terminal'),
    person: orNull(
      z.object({
        ...{ id: z.string(), name: z.string(), email: z.string(), isOwner: z.boolean() },
        hasPassword: z.boolean().describe('false: they sign in with the provider alone'),
      }),
    ).describe('who is signed in'),
    provider: orNull(z.object({ name: z.string() })).describe(
      'an OpenID Connect provider that people sign in with',
    ),
    access: orNull(
      z.object({
        project: z.string(),
        by: z.string().describe('who decides, as decisions and the activity log have it'),
        name: z.string(),
        scopes: z.array(z.enum(SCOPES)),
      }),
    ).describe('what this request may do in its project: a person, a key, or whoever is here'),
    projects: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          role: z.enum(ROLES),
          scopes: z.array(z.enum(SCOPES)),
        }),
      )
      .describe('in which they take part'),
  })
  .openapi('SignInState');

const look = route('anybody', {
  method: 'get',
  path: '/sign-in',
  summary: 'Who is signed in, and what they may do',
  responses: { 200: json(state, 'the state') },
});

const signIn = route('anybody', {
  method: 'post',
  path: '/sign-in',
  summary: 'Sign in; sets a cookie that holds for a week of rest',
  request: body(z.strictObject({ email, password: z.string().max(LONGEST_PASSWORD) })),
  responses: { 204: { description: 'signed in' } },
});

const signOut = route('anybody', {
  method: 'post',
  path: '/sign-out',
  summary: 'End this sign-in',
  responses: { 204: { description: 'signed out' } },
});

const setUp = route('anybody', {
  method: 'post',
  path: '/setup',
  summary: 'Add the first person, who may do everything, and sign in',
  request: body(z.strictObject({ secret, name, email, password })),
  responses: { 204: { description: 'signed in' } },
});

const accept = route('anybody', {
  method: 'post',
  path: '/invitations/accept',
  summary: 'Take an invitation up; who is new gives a name and a password, and is signed in',
  request: body(z.strictObject({ secret, name: name.optional(), password: password.optional() })),
  responses: {
    200: json(
      z.object({ email: z.string(), isNew: z.boolean() }),
      'who is not new signs in as before',
    ),
  },
});

export function signInRoutes(context: ServerContext): Api {
  const { workspace, accounts, note, notePerson } = context;
  const { accounts: here, ask, enter, entered, from } = entrance(context);
  const api = newApi();

  /** What somebody may do here; null where they may not even look. */
  const accessIn = async (headers: Headers, project: string | undefined) => {
    try {
      const { scopes, ...found }: Access = await context.checkAccess(headers, 'read', project);
      return { project: found.project, by: found.by, name: found.name, scopes: [...scopes] };
    } catch (error) {
      if (error instanceof RequestError) return null;
      throw error;
    }
  };

  api.openapi(look, async (c) => {
    const { headers } = c.req.raw;
    const access = await accessIn(headers, c.req.query('project'));
    if (accounts === null) {
      const nobody = { isOn: false, isSetUp: true, person: null, provider: null, projects: [] };
      return c.json({ ...nobody, access }, 200);
    }
    const name = accounts.providerName;
    const provider = name === null ? null : { name };
    const isSetUp = await accounts.isSetUp();
    const state = { isOn: true, isSetUp, provider, access };
    const id = await accounts.signIn.personIn(headers);
    const person = id === null ? null : await workspace.people.person(id);
    if (person === null) return c.json({ ...state, person, projects: [] }, 200);
    const all = await workspace.projects();
    const mine = new Map(
      (await workspace.people.memberships(person.id)).map(({ project, role }) => [project, role]),
    );
    const projects = all.flatMap((project) => {
      const role = person.isOwner ? 'admin' : mine.get(project.id);
      if (role === undefined) return [];
      return [{ id: project.id, name: project.name, role, scopes: [...scopesOf(role)] }];
    });
    const hasPassword = await workspace.people.hasPassword(person.id);
    return c.json({ ...state, person: { ...person, hasPassword }, projects }, 200);
  });

  api.openapi(signIn, async (c) => {
    const given = c.req.valid('json');
    try {
      const answer = await ask(c, '/sign-in/email', given);
      const person = await entered(answer);
      if (person !== null) await notePerson(person, { action: 'sign-in.add', after: from(c) });
    } catch (error) {
      const known = await workspace.people.personWithEmail(given.email);
      // Those that were not looked at any more would fill the log.
      if (known !== null && error instanceof RequestError && error.problem.status !== 429)
        await notePerson(known, {
          action: 'sign-in.refuse',
          after: { ...from(c), reason: error.problem.code },
        });
      throw error;
    }
    return c.body(null, 204);
  });

  api.openapi(signOut, async (c) => {
    const id = await here().signIn.personIn(c.req.raw.headers);
    await ask(c, '/sign-out', {});
    context.forgetAccess();
    const person = id === null ? null : await workspace.people.person(id);
    if (person !== null) await notePerson(person, { action: 'sign-in.end', after: from(c) });
    return c.body(null, 204);
  });

  api.openapi(setUp, async (c) => {
    const { secret: given, ...person } = c.req.valid('json');
    if (!(await here().setUp(given, person)))
      throw new RequestError({
        status: 403,
        code: 'setup_closed',
        detail: 'the link is not that of this start of the server, or somebody has used it',
      });
    await workspace.ensureProject('default', 'default');
    await enter(c, person.email, person.password);
    return c.body(null, 204);
  });

  api.openapi(accept, async (c) => {
    const given = c.req.valid('json');
    const invitation = await invited(given.secret);
    const isNew = (await workspace.people.personWithEmail(invitation.email)) === null;
    if (isNew && (given.name === undefined || given.password === undefined))
      throw new RequestError({
        status: 400,
        code: 'new_person',
        detail: `${invitation.email} is new here: give a name and a password`,
      });
    const person = await here().accept(given.secret, {
      name: given.name ?? '',
      password: given.password ?? null,
    });
    if (person === null) throw closed();
    const { project, role } = invitation;
    await note(
      { project, by: person.id, name: person.name },
      { action: 'invitation.accept', subject: invitation.id, before: null, after: { role } },
    );
    if (isNew) await enter(c, person.email, given.password ?? '');
    return c.json({ email: person.email, isNew }, 200);
  });

  const invited = async (given: string) => {
    const found = await here().invitation(given);
    if (found === null) throw closed();
    return found;
  };

  return api;
}

const closed = (): RequestError =>
  new RequestError({
    status: 403,
    code: 'invitation_closed',
    detail: 'the invitation was used or withdrawn, or has expired; ask for another',
  });
