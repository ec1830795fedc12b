import { ApiError, type CulpritClient } from '../../../client/client.ts';
import { pathOf } from '../workspace/addresses.ts';

/**
 * Reloads the page after somebody signed in.
 * @param project What they want to see; where they take no part in it, they get the first of theirs.
 */
export async function enter(client: CulpritClient, project: string | null): Promise<void> {
  const { projects } = await client('GET /sign-in');
  const wanted = projects.find(({ id }) => id === project);
  if (wanted !== undefined && location.pathname.startsWith('/p/')) return location.reload();
  const first = wanted ?? projects[0];
  if (first === undefined) throw new Error('You take part in no project: ask for an invitation');
  location.replace(pathOf(first.id, '/'));
}

/** Signs this browser out and shows the form to sign in, even if the sign-in had already expired. */
export async function signOut(client: CulpritClient): Promise<void> {
  await client('POST /sign-out').catch((error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
  });
  location.assign('/');
}
