import { randomBytes } from 'node:crypto';
import {
  type Admitted,
  type Invitation,
  type Person,
  type Proven,
  type Provider,
  SIGNED_IN_PAGE,
  type SignIn,
  type Workspace,
} from '../../store/workspace/workspace.ts';
import { keyHash } from '../http/access.ts';

/** People who sign in. Where there are none of them, whoever reaches the server may do everything. */
export interface Accounts {
  readonly signIn: SignIn;
  /** How the page calls the provider; null where people have passwords alone. */
  readonly providerName: string | null;
  /** Secret of the link by which the first person is added; null where there is somebody. */
  readonly setup: string | null;
  isSetUp(): Promise<boolean>;
  /** Adds the first person; false for a wrong secret, or where somebody was first. */
  setUp(secret: string, person: GivenPerson): Promise<boolean>;
  /** The open invitation with that secret. */
  invitation(secret: string): Promise<Invitation | null>;
  /** Takes an invitation up; null where there is none with that secret. */
  accept(secret: string, person: Omit<GivenPerson, 'email'>): Promise<Person | null>;
  /** Makes the one link by which a person sets a new password. */
  allowReset(person: string, by: string): Promise<NewReset>;
  /** Sets a password by such a link, and ends all sign-ins of the person; null where there is no such link. */
  resetPassword(secret: string, password: string): Promise<Person | null>;
}

interface NewReset {
  readonly secret: string;
  /** Epoch milliseconds. */
  readonly expires: number;
}

interface GivenPerson {
  readonly name: string;
  readonly email: string;
  /** Null for somebody who has one. */
  readonly password: string | null;
}

/** An OpenID Connect provider, and whom it may let in. */
export interface ProviderRules extends Provider {
  /** As the page calls it. */
  readonly name: string;
  /** Domains of email addresses that may sign in; every one where there is none. */
  readonly domains: readonly string[];
  /** Projects that people of these domains join as viewers, without an invitation. */
  readonly joins: readonly string[];
}

export interface AccountsDeps {
  readonly workspace: Pick<Workspace, 'people' | 'openSignIn' | 'ensureProject'>;
  readonly clock: () => number;
  readonly newId: () => string;
  /** Under which browsers reach the server; null where nobody has said so. */
  readonly address: string | null;
  /** Null where people have passwords alone. */
  readonly provider: ProviderRules | null;
  /** Somebody was let in by the provider. */
  readonly onAdmitted: (admitted: Admitted) => Promise<void>;
}

/** In which the server tells better-auth where a request came from; clients cannot set it. */
export const ADDRESS_HEADER = 'x-culprit-address';
export const SIGN_IN_PATH = '/api/auth';
/** Where the provider sends browsers back to. */
const CALLBACK_PATH = '/api/v1/sign-in/callback';

export { SIGNED_IN_PAGE };

export const newSecret = (): string => randomBytes(24).toString('base64url');

const DAY = 86_400_000;

export async function openAccounts(deps: AccountsDeps): Promise<Accounts> {
  const { provider, address, clock, newId } = deps;
  const { people } = deps.workspace;
  for (const project of provider?.joins ?? []) await deps.workspace.ensureProject(project, project);
  const signIn = await deps.workspace.openSignIn({
    path: SIGN_IN_PATH,
    addressHeader: ADDRESS_HEADER,
    isSecure: address?.startsWith('https:') === true,
    provider:
      provider === null || address === null
        ? null
        : {
            ...provider,
            ...{ address, redirectUrl: `${address}${CALLBACK_PATH}` },
            admit: (proven) => admit(proven, provider, deps),
          },
  });
  const setup = (await people.count()) === 0 ? newSecret() : null;
  const added = async ({ password, ...given }: GivenPerson) => ({
    ...given,
    ...{ id: newId(), created: clock() },
    password: password === null ? null : await signIn.hashPassword(password),
  });
  return {
    ...{ signIn, setup, providerName: provider?.name ?? null },
    isSetUp: async () => (await people.count()) > 0,
    async setUp(secret, given) {
      if (setup === null || keyHash(secret) !== keyHash(setup)) return false;
      return await people.addOwner(await added(given));
    },
    invitation: (secret) => people.invitation(keyHash(secret), clock()),
    accept: async (secret, given) =>
      people.accept(keyHash(secret), await added({ ...given, email: '' }), clock()),
    async allowReset(person, by) {
      const secret = newSecret();
      const expires = clock() + DAY;
      await people.allowReset({ person, by, created: clock(), expires }, keyHash(secret));
      return { secret, expires };
    },
    resetPassword: async (secret, password) => {
      // Hashing a password is slow on purpose.
      if (!(await people.hasReset(keyHash(secret), clock()))) return null;
      const hashed = { id: newId(), password: await signIn.hashPassword(password) };
      return await people.resetPassword(keyHash(secret), hashed, clock());
    },
  };
}

/** Lets in who is known, invited, or of a domain that joins; why somebody may not come in, as a code. */
async function admit(
  { email, isVerified, name }: Proven,
  { domains, joins }: ProviderRules,
  { workspace, clock, newId, onAdmitted }: AccountsDeps,
): Promise<string | null> {
  if (email === '') return 'email_not_found';
  if (!isVerified) return 'email_not_verified';
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (domains.length > 0 && !domains.includes(domain)) return 'other_domain';
  const person = { id: newId(), name, email, password: null, created: clock() };
  const admitted = await workspace.people.admit({ person, joins }, clock());
  if (admitted === null) return 'not_invited';
  if (admitted.joined.length > 0) await onAdmitted(admitted);
  return null;
}
