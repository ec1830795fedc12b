import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import type { Tenants } from '../../../contract/tenants.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import { LATEST } from '../client/queries.ts';

export type SharedLink = Schemas['SharedLink'];

/** First part of the keys of queries about links. */
export const LINKS = 'shared-links';

/** Causes by tenant of the latest analysis; null where no trace names a tenant. */
export function useTenants(): UseQueryResult<Tenants | null> {
  const { project, client } = useAsking();
  return useQuery({
    // A new analysis asks for all of it anew.
    queryKey: [LATEST, project, 'tenants'],
    queryFn: async () => (await client('GET /tenants')).tenants as Tenants | null,
    refetchInterval: useFallback(),
  });
}

/** Admins alone see them. */
export function useSharedLinks(): UseQueryResult<readonly SharedLink[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [LINKS, project],
    queryFn: async () => (await client('GET /shared-links')).items,
  });
}
