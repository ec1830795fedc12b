import { createHash } from 'node:crypto';
import { drizzle, type Pool } from '../packages.ts';
import { accounts, people, signIns, verifications } from './schema.ts';

/** Signing in and out, by better-auth: cookies of browsers, passwords, the sign-ins of a person. */
export interface SignIn {
  /** Answers a request below `path`. */
  handle(request: Request): Promise<Response>;
  /** Signs in who has just chosen that password, however many do so at once. */
  enter(headers: Headers, email: string, password: string): Promise<Response>;
  /** Id of who is signed in, by the cookie of a request; null for nobody. */
  personIn(headers: Headers): Promise<string | null>;
  hashPassword(password: string): Promise<string>;
  /** Ends all sign-ins of a person. */
  signOut(person: string): Promise<void>;
  /** What better-auth calls the provider; null where people have passwords alone. */
  readonly provider: string | null;
}

/** An OpenID Connect provider that knows people, as the operator of the server names it. */
export interface Provider {
  /** As its tokens name it; `/.well-known/openid-configuration` is below it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What a provider has proven about somebody. */
export interface Proven {
  readonly email: string;
  readonly isVerified: boolean;
  readonly name: string;
}

interface ProviderOptions extends Provider {
  /** Under which browsers reach the server. */
  readonly address: string;
  /** Where the provider sends browsers back to. */
  readonly redirectUrl: string;
  /** Adds who is new and may come in; why somebody may not, as a code, else null. */
  readonly admit: (proven: Proven) => Promise<string | null>;
}

export interface SignInOptions {
  /** Where requests are answered, such as `/api/auth`. */
  readonly path: string;
  /** Signs the cookies; the same for all processes. */
  readonly secret: string;
  /** A header with the address of the client, set by the server itself. */
  readonly addressHeader: string;
  /** Whether browsers reach the server through TLS alone. */
  readonly isSecure: boolean;
  /** Null where people have passwords alone. */
  readonly provider: ProviderOptions | null;
}

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

/** Where a browser goes once the provider has sent it back; `?error=` says why nobody is signed in. */
export const SIGNED_IN_PAGE = '/signed-in';

/** Ways to the provider that an address may begin in a minute. */
const ROUND_TRIPS = 20;

/** Wrong passwords that an address may send in a minute. */
const TRIES = 5;

export async function openSignIn(
  pool: Pool,
  { path, secret, addressHeader, isSecure, provider }: SignInOptions,
): Promise<SignIn> {
  const { APIError, betterAuth, drizzleAdapter, genericOAuth } = await import('./packages.ts');
  const providerId = provider === null ? null : idOf(provider);
  const schema = { user: people, session: signIns, account: accounts, verification: verifications };
  const auth = betterAuth({
    database: drizzleAdapter(drizzle(pool), { provider: 'pg', schema }),
    basePath: path,
    ...(provider !== null && { baseURL: new URL(provider.address).origin }),
    secret,
    emailAndPassword: {
      enabled: true,
      // People come by invitation.
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    disabledPaths: ['/sign-up/email', '/update-user', '/change-email', '/delete-user'],
    // Of the same host; whatever stands before the server may speak TLS for it.
    trustedOrigins: (request) => {
      const { host } = new URL(request?.url ?? 'http://localhost');
      return [`http://${host}`, `https://${host}`];
    },
    rateLimit: {
      enabled: true,
      storage: 'memory',
      customRules: {
        '/sign-in/email': { window: 60, max: TRIES },
        '/sign-in/social': { window: 60, max: ROUND_TRIPS },
      },
    },
    // Nothing is asked of the provider later.
    account: { updateAccountOnSignIn: false },
    plugins:
      provider === null || providerId === null
        ? []
        : [
            genericOAuth({
              config: [
                {
                  providerId,
                  discoveryUrl: `${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  clientId: provider.clientId,
                  clientSecret: provider.clientSecret,
                  scopes: ['openid', 'email', 'profile'],
                  redirectURI: provider.redirectUrl,
                  requireIdTokenVerification: true,
                  disableSignUp: true,
                  mapProfileToUser: async (profile) => {
                    const proven = provenBy(profile);
                    const code = await provider.admit(proven);
                    if (code !== null) throw new APIError('FORBIDDEN', { code, message: code });
                    return { email: proven.email, name: proven.name, emailVerified: true };
                  },
                },
              ],
            }),
          ],
    onAPIError: { errorURL: SIGNED_IN_PAGE },
    advanced: {
      cookiePrefix: 'culprit',
      useSecureCookies: isSecure,
      defaultCookieAttributes: { sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      // The provider's page sends the browser back, which is a request from another site.
      cookies: { state: { attributes: { sameSite: 'lax' } } },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  const context = await auth.$context;
  return {
    provider: providerId,
    handle: (request) => auth.handler(request),
    async personIn(headers) {
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
      return found?.user.id ?? null;
    },
    enter: (headers, email, password) =>
      auth.api.signInEmail({ headers, body: { email, password }, asResponse: true }),
    hashPassword: (password) => context.password.hash(password),
    async signOut(person) {
      await context.internalAdapter.deleteUserSessions(person);
    },
  };
}

/** Another issuer may call other people by the same names. */
const idOf = ({ issuer }: Provider): string =>
  `oidc-${createHash('sha256').update(issuer).digest('hex').slice(0, 16)}`;

function provenBy(profile: Readonly<Record<string, unknown>>): Proven {
  const email = String(profile['email'] ?? '')
    .trim()
    .toLowerCase();
  const name = String(profile['name'] ?? '').trim() || email;
  const isVerified = [true, 'true'].includes(profile['email_verified'] as boolean | string);
  return { email, isVerified, name: name.slice(0, 200) };
}
