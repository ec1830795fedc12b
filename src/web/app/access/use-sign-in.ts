import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Routes } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';

export type SignInState = Routes['GET /sign-in']['answer'];

/** First part of the keys of queries about people. */
export const PEOPLE = 'people';

/** Milliseconds that an answer stays fresh. The next refusal also reveals a changed role. */
const HOLDS = 30_000;

/** Who is signed in here, and in which role. */
export function useSignIn(): UseQueryResult<SignInState> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [PEOPLE, project, 'me'],
    queryFn: () => client('GET /sign-in'),
    staleTime: HOLDS,
  });
}
