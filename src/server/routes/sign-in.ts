import type { IncomingMessage } from 'node:http';
import {
  LONGEST_PASSWORD,
  ROLES,
  SCOPES,
  SHORTEST_PASSWORD,
  scopesOf,
} from '../../store/workspace/workspace.ts';
import { type Accounts, ADDRESS_HEADER, SIGN_IN_PATH } from '../accounts/accounts.ts';
import type { Environment } from '../http/environment.ts';
import { RequestError } from '../http/problem.ts';
import { type Context, z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';

const password = z.string().min(SHORTEST_PASSWORD).max(LONGEST_PASSWORD);
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
      z.object({ id: z.string(), name: z.string(), email: z.string(), isOwner: z.boolean() }),
    ).describe('who is signed in'),
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
  request: body(z.object({ email, password: z.string().max(LONGEST_PASSWORD) })),
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
  request: body(z.object({ secret, name, email, password })),
  responses: { 204: { description: 'signed in' } },
});

const accept = route('anybody', {
  method: 'post',
  path: '/invitations/accept',
  summary: 'Take an invitation up; who is new gives a name and a password, and is signed in',
  request: body(z.object({ secret, name: name.optional(), password: password.optional() })),
  responses: {
    200: json(
      z.object({ email: z.string(), isNew: z.boolean() }),
      'who is not new signs in as before',
    ),
  },
});

const list = route('read', {
  method: 'get',
  path: '/sign-ins',
  summary: 'Where the person is signed in',
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            since: z.iso.datetime(),
            expires: z.iso.datetime(),
            address: z.string(),
            browser: z.string(),
          }),
        ),
      }),
      'the sign-ins',
    ),
  },
});

const revoke = route('read', {
  method: 'delete',
  path: '/sign-ins/{id}',
  summary: 'End a sign-in of the person; it stops working within seconds',
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: { 204: { description: 'ended' } },
});

const change = route('read', {
  method: 'post',
  path: '/password',
  summary: 'Change the password of the person; their other sign-ins end',
  request: body(z.object({ current: z.string().max(LONGEST_PASSWORD), next: password })),
  responses: { 204: { description: 'changed' } },
});

const answerOfSignIns = z.array(
  z.object({
    id: z.string(),
    token: z.string(),
    createdAt: z.string(),
    expiresAt: z.string(),
    ipAddress: z.string().nullish(),
    userAgent: z.string().nullish(),
  }),
);

export function signInRoutes({ workspace, accounts, note }: ServerContext): Api {
  const api = newApi();

  const here = (): Accounts => {
    if (accounts !== null) return accounts;
    throw new RequestError({
      status: 409,
      code: 'no_sign_in',
      detail: 'nobody signs in at this server; start it with --auth',
    });
  };

  /** Asks better-auth; its cookies are passed on. Throws RequestError for what it refuses. */
  const ask = async (c: Context<Environment>, path: string, sent?: unknown): Promise<Response> => {
    const { origin } = new URL(c.req.url);
    const headers = new Headers({ origin, [ADDRESS_HEADER]: addressOf(c.env.incoming) });
    for (const kept of ['cookie', 'user-agent']) {
      const value = c.req.header(kept);
      if (value !== undefined) headers.set(kept, value);
    }
    if (sent !== undefined) headers.set('content-type', 'application/json');
    return await passedOn(
      c,
      await here().signIn.handle(
        new Request(`${origin}${SIGN_IN_PATH}${path}`, {
          headers,
          ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent) }),
        }),
      ),
    );
  };

  const passedOn = async (c: Context<Environment>, answer: Response): Promise<Response> => {
    if (!answer.ok) throw await refusal(answer);
    for (const cookie of answer.headers.getSetCookie())
      c.header('set-cookie', cookie, { append: true });
    return answer;
  };

  /** For who has just chosen a password. */
  const enter = async (c: Context<Environment>, as: string, by: string): Promise<Response> => {
    const headers = new Headers({ [ADDRESS_HEADER]: addressOf(c.env.incoming) });
    headers.set('user-agent', c.req.header('user-agent') ?? '');
    return await passedOn(c, await here().signIn.enter(headers, as, by));
  };

  api.openapi(look, async (c) => {
    if (accounts === null)
      return c.json({ isOn: false, isSetUp: true, person: null, projects: [] }, 200);
    const id = await accounts.signIn.personIn(c.req.raw.headers);
    const person = id === null ? null : await workspace.people.person(id);
    const isSetUp = await accounts.isSetUp();
    if (person === null) return c.json({ isOn: true, isSetUp, person, projects: [] }, 200);
    const all = await workspace.projects();
    const mine = new Map(
      (await workspace.people.memberships(person.id)).map(({ project, role }) => [project, role]),
    );
    const projects = all.flatMap((project) => {
      const role = person.isOwner ? 'admin' : mine.get(project.id);
      if (role === undefined) return [];
      return [{ id: project.id, name: project.name, role, scopes: [...scopesOf(role)] }];
    });
    return c.json({ isOn: true, isSetUp, person, projects }, 200);
  });

  api.openapi(signIn, async (c) => {
    const given = c.req.valid('json');
    await ask(c, '/sign-in/email', { email: given.email, password: given.password });
    return c.body(null, 204);
  });

  api.openapi(signOut, async (c) => {
    await ask(c, '/sign-out', {});
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

  const signIns = async (c: Context<Environment>) => {
    if (c.var.access.person === null)
      throw new RequestError({
        status: 403,
        code: 'no_person',
        detail: 'only who is signed in has sign-ins and a password',
      });
    return answerOfSignIns.parse(await (await ask(c, '/list-sessions')).json());
  };

  api.openapi(list, async (c) => {
    const items = (await signIns(c)).map((each) => ({
      id: each.id,
      since: each.createdAt,
      expires: each.expiresAt,
      address: each.ipAddress ?? '',
      browser: each.userAgent ?? '',
    }));
    return c.json({ items }, 200);
  });

  api.openapi(revoke, async (c) => {
    const { id } = c.req.valid('param');
    const found = (await signIns(c)).find((each) => each.id === id);
    if (found === undefined)
      throw new RequestError({
        status: 404,
        code: 'no_such_sign_in',
        detail: 'you have no sign-in of that id',
      });
    await ask(c, '/revoke-session', { token: found.token });
    return c.body(null, 204);
  });

  api.openapi(change, async (c) => {
    await signIns(c);
    const { current, next } = c.req.valid('json');
    const sent = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
    await ask(c, '/change-password', sent);
    return c.body(null, 204);
  });

  return api;
}

const closed = (): RequestError =>
  new RequestError({
    status: 403,
    code: 'invitation_closed',
    detail: 'the invitation was used or withdrawn, or has expired; ask for another',
  });

const addressOf = (incoming: IncomingMessage): string =>
  incoming.socket.remoteAddress ?? '127.0.0.1';

/** What better-auth refuses, in the form of all faults. */
async function refusal(answer: Response): Promise<RequestError> {
  const { code, message } = (await answer.json().catch(() => ({}))) as {
    readonly code?: string;
    readonly message?: string;
  };
  const seconds = Number(answer.headers.get('x-retry-after') ?? Number.NaN);
  return new RequestError({
    status: answer.status,
    code: answer.status === 429 ? 'too_many_tries' : (code ?? 'refused').toLowerCase(),
    detail: message ?? 'the sign-in was refused',
    ...(Number.isFinite(seconds) && { retryAfter: seconds }),
  });
}
