import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';

/** Only admins see them. */
export function useMembers(): UseQueryResult<Answer<'GET /people'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [PEOPLE, project, 'members'],
    queryFn: () => client('GET /people'),
  });
}

export function useInvitations(): UseQueryResult<Answer<'GET /invitations'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [PEOPLE, project, 'invitations'],
    queryFn: () => client('GET /invitations'),
  });
}

export function useSignIns(): UseQueryResult<Answer<'GET /sign-ins'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [PEOPLE, project, 'sign-ins'],
    queryFn: () => client('GET /sign-ins'),
  });
}

export function useProjectKeys(): UseQueryResult<Answer<'GET /keys'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [PEOPLE, project, 'keys'],
    queryFn: () => client('GET /keys'),
  });
}
