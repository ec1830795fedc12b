import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Routes, Schemas } from '../../../client/client.ts';
import type { Diff } from '../../../contract/diff.ts';
import type { ReportData } from '../../../contract/report.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import type { Answer } from '../client/queries.ts';

export type Session = Schemas['Session'];
export type SessionFilter = Schemas['SessionFilter'];
export type Preview = Answer<'POST /sessions/preview'>;

const SESSIONS = 'sessions';

export const isOpen = ({ state }: Pick<Session, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

export function useSessions(): UseQueryResult<readonly Session[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [SESSIONS, project],
    queryFn: async () => (await client('GET /sessions')).items,
    refetchInterval: useFallback(),
  });
}

export function useSession(id: string): UseQueryResult<Session> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [SESSIONS, project, id],
    queryFn: () => client('GET /sessions/{id}', { path: { id } }),
    refetchInterval: useFallback(),
  });
}

/** What a session found, once it is done. */
export function useResult(session: Session | undefined): UseQueryResult<ReportData> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['result', project, session?.id, session?.ended],
    queryFn: async () =>
      (await client('GET /sessions/{id}/result', {
        path: { id: session?.id ?? '' },
      })) as ReportData,
    enabled: session?.state === 'done' || session?.id === 'rolling',
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

/** Counts of a filter; those before are shown until the next are there. */
export function usePreview(filter: SessionFilter, values: boolean): UseQueryResult<Preview> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['preview', project, filter, values],
    queryFn: ({ signal }) => client('POST /sessions/preview', { body: { filter, values }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function useDiff(before: string, after: string): UseQueryResult<Diff> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['session diff', project, before, after],
    queryFn: () =>
      client('GET /sessions/{id}/diff/{other}', { path: { id: before, other: after } }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

type NewSession = Routes['POST /sessions']['body'];

/** What can be done with sessions; each refetches them at the end. */
export interface SessionActions {
  readonly create: UseMutationResult<Session, Error, NewSession>;
  readonly rerun: UseMutationResult<Session, Error, Routes['POST /sessions/{id}/rerun']['body']>;
  readonly cancel: UseMutationResult<Session, Error, void>;
  readonly note: UseMutationResult<Session, Error, Routes['PATCH /sessions/{id}']['body']>;
  readonly remove: UseMutationResult<unknown, Error, void>;
}

/** @param id of the session that it is about; '' for none */
export function useSessionActions(id: string): SessionActions {
  const { project, client } = useAsking();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: [SESSIONS, project] });
  const path = { id };
  return {
    create: useMutation({
      mutationFn: (body: NewSession) => client('POST /sessions', { body }),
      onSettled,
    }),
    rerun: useMutation({
      mutationFn: (body) => client('POST /sessions/{id}/rerun', { path, body }),
      onSettled,
    }),
    cancel: useMutation({
      mutationFn: () => client('POST /sessions/{id}/cancel', { path }),
      onSettled,
    }),
    note: useMutation({
      mutationFn: (body) => client('PATCH /sessions/{id}', { path, body }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: () => client('DELETE /sessions/{id}', { path }),
      onSettled,
    }),
  };
}
