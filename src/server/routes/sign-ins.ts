import { entrance } from '../accounts/entrance.ts';
import type { Environment } from '../http/environment.ts';
import { RequestError } from '../http/problem.ts';
import { type Context, z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

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

/** A person's own sign-ins. */
export function signInsRoutes(context: ServerContext): Api {
  const { notePerson } = context;
  const { ask } = entrance(context);
  const api = newApi();

  const signIns = async (c: Context<Environment>) => {
    personIn(c);
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
    await notePerson(personIn(c), { action: 'sign-in.end', after: { since: found.createdAt } });
    return c.body(null, 204);
  });

  return api;
}

/** Who is signed in. Throws RequestError 403 for a key, and on a server where nobody signs in. */
export function personIn(c: Context<Environment>) {
  const { person } = c.var.access;
  if (person !== null) return person;
  throw new RequestError({
    status: 403,
    code: 'no_person',
    detail: 'only who is signed in has sign-ins and a password',
  });
}
