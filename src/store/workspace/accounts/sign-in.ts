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
}

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

/** Wrong passwords that an address may send in a minute. */
const TRIES = 5;

export async function openSignIn(
  pool: Pool,
  { path, secret, addressHeader, isSecure }: SignInOptions,
): Promise<SignIn> {
  const { betterAuth, drizzleAdapter } = await import('./packages.ts');
  const schema = { user: people, session: signIns, account: accounts, verification: verifications };
  const auth = betterAuth({
    database: drizzleAdapter(drizzle(pool), { provider: 'pg', schema }),
    basePath: path,
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
      customRules: { '/sign-in/email': { window: 60, max: TRIES } },
    },
    advanced: {
      cookiePrefix: 'culprit',
      useSecureCookies: isSecure,
      defaultCookieAttributes: { sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  const context = await auth.$context;
  return {
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
