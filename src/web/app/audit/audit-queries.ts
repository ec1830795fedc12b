import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  useInfiniteQuery,
} from '@tanstack/react-query';
import type { Routes } from '../../../client/client.ts';
import { PEOPLE } from '../access/use-sign-in.ts';
import { useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';

type Page = Answer<'GET /audit'>;

export type AuditEntry = Page['items'][number];

/** Which entries are listed; all where it names nothing. */
export type AuditFilter = Pick<
  NonNullable<Routes['GET /audit']['query']>,
  'by' | 'kind' | 'from' | 'to'
>;

/** The audit log, newest first. */
export function useAudit(
  filter: AuditFilter,
): UseInfiniteQueryResult<{ readonly pages: readonly Page[] }> {
  const { project, client } = useAsking();
  return useInfiniteQuery({
    queryKey: [PEOPLE, project, 'audit', filter],
    queryFn: ({ pageParam }) =>
      client('GET /audit', {
        query: { ...filter, ...(pageParam !== null && { before: pageParam }) },
      }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}
