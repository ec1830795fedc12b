import { randomBytes } from 'node:crypto';
import type { Invitation, Person, SignIn, Workspace } from '../../store/workspace/workspace.ts';
import { keyHash } from '../http/access.ts';

/** People who sign in. Where there are none of them, whoever reaches the server may do everything. */
export interface Accounts {
  readonly signIn: SignIn;
  /** Secret of the link by which the first person is added; null where there is somebody. */
  readonly setup: string | null;
  isSetUp(): Promise<boolean>;
  /** Adds the first person; false for a wrong secret, or where somebody was first. */
  setUp(secret: string, person: GivenPerson): Promise<boolean>;
  /** The open invitation with that secret. */
  invitation(secret: string): Promise<Invitation | null>;
  /** Takes an invitation up; null where there is none with that secret. */
  accept(secret: string, person: Omit<GivenPerson, 'email'>): Promise<Person | null>;
}

interface GivenPerson {
  readonly name: string;
  readonly email: string;
  /** Null for somebody who has one. */
  readonly password: string | null;
}

export interface AccountsDeps {
  readonly workspace: Pick<Workspace, 'people' | 'openSignIn'>;
  readonly clock: () => number;
  readonly newId: () => string;
  /** Whether browsers reach the server through TLS alone. */
  readonly isSecure: boolean;
}

/** In which the server tells better-auth where a request came from; clients cannot set it. */
export const ADDRESS_HEADER = 'x-culprit-address';
export const SIGN_IN_PATH = '/api/auth';

export const newSecret = (): string => randomBytes(24).toString('base64url');

export async function openAccounts(deps: AccountsDeps): Promise<Accounts> {
  const { people } = deps.workspace;
  const signIn = await deps.workspace.openSignIn({
    path: SIGN_IN_PATH,
    addressHeader: ADDRESS_HEADER,
    isSecure: deps.isSecure,
  });
  const setup = (await people.count()) === 0 ? newSecret() : null;
  const added = async ({ password, ...given }: GivenPerson) => ({
    ...given,
    ...{ id: deps.newId(), created: deps.clock() },
    password: password === null ? null : await signIn.hashPassword(password),
  });
  return {
    ...{ signIn, setup },
    isSetUp: async () => (await people.count()) > 0,
    async setUp(secret, given) {
      if (setup === null || keyHash(secret) !== keyHash(setup)) return false;
      return await people.addOwner(await added(given));
    },
    invitation: (secret) => people.invitation(keyHash(secret), deps.clock()),
    accept: async (secret, given) =>
      people.accept(keyHash(secret), await added({ ...given, email: '' }), deps.clock()),
  };
}
