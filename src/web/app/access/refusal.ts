import { ROUTE_SCOPES } from '../../../client/client.ts';
import type { SignInState } from './use-sign-in.ts';

/** A route that not everybody may use. */
export type GuardedRoute = keyof typeof ROUTE_SCOPES;

type Scope = (typeof ROUTE_SCOPES)[GuardedRoute];

/** Who has a scope, as the start of a sentence. */
const WHO: Readonly<Record<Scope, string>> = {
  read: 'Only who takes part in the project does this',
  annotate: 'Annotators, analysts and admins do this',
  write: 'Analysts and admins do this',
  ingest: 'Admins do this',
  admin: 'Admins do this',
};

/** Why somebody may not use a route; null if they may, and while it is unknown who they are. */
export function refusalOf(state: SignInState | undefined, route: GuardedRoute): string | null {
  const access = state?.access ?? null;
  const scope = ROUTE_SCOPES[route];
  if (access === null || access.scopes.includes(scope)) return null;
  const role = state?.projects.find(({ id }) => id === access.project)?.role;
  if (state?.person === null || role === undefined)
    return `This needs a key with the scope ${scope}`;
  return `${WHO[scope]}; you are ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role} here`;
}
