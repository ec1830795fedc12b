import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PEOPLE } from '../access/use-sign-in.ts';
import { reasonOf, useAsking } from '../client/asking.ts';
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

/** Changes people, then refetches them; `failed` says why the last change failed. */
export function useChange(): {
  readonly failed: string;
  readonly change: (what: () => Promise<unknown>) => void;
} {
  const client = useQueryClient();
  const [failed, setFailed] = useState('');
  return {
    failed,
    change(what) {
      setFailed('');
      what()
        .catch((error: unknown) => setFailed(`${reasonOf(error)}.`))
        .finally(() => client.invalidateQueries({ queryKey: [PEOPLE] }));
    },
  };
}
