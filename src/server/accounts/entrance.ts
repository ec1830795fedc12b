import type { Person } from '../../store/workspace/workspace.ts';
import type { Environment } from '../http/environment.ts';
import { RequestError } from '../http/problem.ts';
import type { Context } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Accounts, ADDRESS_HEADER, SIGN_IN_PATH } from './accounts.ts';

/** How the routes of people ask better-auth; what it sets as cookies is passed on. */
export interface Entrance {
  /** Throws RequestError 409 where nobody signs in. */
  accounts(): Accounts;
  /** Asks a path of better-auth. Throws RequestError for what it refuses. */
  ask(c: Context<Environment>, path: string, sent?: unknown): Promise<Response>;
  /** Asks without looking at the answer; a redirect is passed on as it is. */
  forward(c: Context<Environment>, path: string, sent?: unknown): Promise<Response>;
  /** Signs in who has just chosen that password. */
  enter(c: Context<Environment>, email: string, password: string): Promise<void>;
  /** Whom an answer of better-auth signs in; null for nobody. */
  entered(answer: Response): Promise<Person | null>;
  /** What the audit log has of a sign-in. */
  from(c: Context<Environment>): { readonly address: string; readonly browser: string };
}

export function entrance({ accounts, workspace, addressOf }: ServerContext): Entrance {
  const here = (): Accounts => {
    if (accounts !== null) return accounts;
    throw new RequestError({
      status: 409,
      code: 'no_sign_in',
      detail: 'nobody signs in at this server; start it with --auth',
    });
  };

  const forward: Entrance['forward'] = async (c, path, sent) => {
    const { origin } = new URL(c.req.url);
    const headers = new Headers({ origin, [ADDRESS_HEADER]: addressOf(c.env.incoming) });
    for (const kept of ['cookie', 'user-agent']) {
      const value = c.req.header(kept);
      if (value !== undefined) headers.set(kept, value);
    }
    if (sent !== undefined) headers.set('content-type', 'application/json');
    const answer = await here().signIn.handle(
      new Request(`${origin}${SIGN_IN_PATH}${path}`, {
        headers,
        ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent) }),
      }),
    );
    passCookies(c, answer);
    return answer;
  };

  return {
    accounts: here,
    forward,
    async ask(c, path, sent) {
      const answer = await forward(c, path, sent);
      if (!answer.ok) throw await refusal(answer);
      return answer;
    },
    async enter(c, email, password) {
      const headers = new Headers({ [ADDRESS_HEADER]: addressOf(c.env.incoming) });
      headers.set('user-agent', c.req.header('user-agent') ?? '');
      const answer = await here().signIn.enter(headers, email, password);
      if (!answer.ok) throw await refusal(answer);
      passCookies(c, answer);
    },
    async entered(answer) {
      const cookie = answer.headers
        .getSetCookie()
        .map((each) => each.split(';', 1)[0])
        .join('; ');
      const id = await here().signIn.personIn(new Headers({ cookie }));
      return id === null ? null : await workspace.people.person(id);
    },
    from: (c) => ({
      address: addressOf(c.env.incoming),
      browser: (c.req.header('user-agent') ?? '').slice(0, 200),
    }),
  };
}

function passCookies(c: Context<Environment>, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie())
    c.header('set-cookie', cookie, { append: true });
}

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
