import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';
import { ACTIVITY, DECISIONS } from '../client/queries.ts';

export type CauseOccurrence = Schemas['CauseOccurrence'];
export type CauseFix = Schemas['CauseFix'];

/** Where and when stored traces fail by a cause; asked anew with every decision. */
export function useOccurrence(id: string): UseQueryResult<CauseOccurrence> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [DECISIONS, project, 'trend', id],
    queryFn: () => client('GET /causes/{id}/trend', { path: { id } }),
  });
}

/** What became of a cause, and whether its fix holds. */
export function useFix(id: string): UseQueryResult<CauseFix> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [ACTIVITY, project, 'fix', id],
    queryFn: () => client('GET /causes/{id}/fix', { path: { id } }),
  });
}
