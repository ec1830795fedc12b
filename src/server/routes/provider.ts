import { SIGNED_IN_PAGE } from '../accounts/accounts.ts';
import { entrance } from '../accounts/entrance.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const begin = route('anybody', {
  method: 'post',
  path: '/sign-in/provider',
  summary: 'Begin to sign in with the OpenID Connect provider: go to the address in the answer',
  responses: { 200: json(z.object({ url: z.string() }), 'a page of the provider') },
});

const callback = route('anybody', {
  method: 'get',
  path: '/sign-in/callback',
  summary: 'Where the provider sends the browser back to',
  responses: {
    302: { description: `to ${SIGNED_IN_PAGE}; \`?error=\` says why nobody is signed in` },
  },
});

/** Signing in with an OpenID Connect provider. */
export function providerRoutes(context: ServerContext): Api {
  const { notePerson } = context;
  const { accounts, ask, forward, entered, from } = entrance(context);
  const api = newApi();

  const provider = (): string => {
    const name = accounts().signIn.provider;
    if (name !== null) return name;
    throw new RequestError({
      status: 409,
      code: 'no_provider',
      detail: 'people sign in with passwords here; set CULPRIT_OIDC_ISSUER to name a provider',
    });
  };

  api.openapi(begin, async (c) => {
    const answer = await ask(c, '/sign-in/social', {
      ...{ provider: provider(), disableRedirect: true },
      ...{ callbackURL: SIGNED_IN_PAGE, errorCallbackURL: SIGNED_IN_PAGE },
    });
    const { url } = z.object({ url: z.url() }).parse(await answer.json());
    return c.json({ url }, 200);
  });

  api.openapi(callback, async (c) => {
    const { search } = new URL(c.req.url);
    const answer = await forward(c, `/callback/${provider()}${search}`);
    const person = await entered(answer);
    if (person !== null)
      await notePerson(person, { action: 'sign-in.add', after: { ...from(c), by: 'provider' } });
    return c.redirect(person === null ? await failure(answer) : SIGNED_IN_PAGE, 302);
  });

  return api;
}

/** The page that says why nobody is signed in. */
async function failure(answer: Response): Promise<string> {
  const location = answer.headers.get('location') ?? '';
  const told = URL.canParse(location, 'http://localhost')
    ? new URL(location, 'http://localhost').searchParams.get('error')
    : null;
  const { code } = (await answer
    .clone()
    .json()
    .catch(() => ({}))) as { readonly code?: unknown };
  const error = (told ?? String(code ?? 'refused')).toLowerCase().replace(/[^a-z0-9_]/g, '_');
  return `${SIGNED_IN_PAGE}?error=${error.slice(0, 100)}`;
}
