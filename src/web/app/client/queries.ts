import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { Routes, Schemas } from '../../../client/client.ts';
import type { ReportData } from '../../../contract/report.ts';
import type { WentLive } from '../../report/hooks/went-live.ts';
import { useSignIn } from '../access/use-sign-in.ts';
import { useAsking } from './asking.ts';
import { useFallback } from './events.ts';

/** Milliseconds between two looks at sources: no event tells that one has fallen silent. */
const SLOW = 60_000;

/** The answer of a route. */
export type Answer<Name extends keyof Routes> = Routes[Name]['answer'];

export type Latest = Answer<'GET /analyses/latest'>;
export type Status = Answer<'GET /status'>;
export type TraceSummary = Schemas['TraceSummary'];
export type StoredTrace = Answer<'GET /traces/{id}'>;
export type LogLine = Schemas['Activity'];
export type DecisionNow = Schemas['Decision'];

/** First parts of query keys, for invalidation. */
export const DECISIONS = 'decisions';
export const ACTIVITY = 'activity';
export const LATEST = 'latest';

interface ProjectName {
  readonly id: string;
  readonly name: string;
}

/** Every project that the person may open; a key that is not an admin's knows only its own. */
export function useProjects(): readonly ProjectName[] {
  const { project, client } = useAsking();
  const { data: signIn } = useSignIn();
  const isAdmin = signIn?.person === null && signIn.access?.scopes.includes('admin') === true;
  const { data } = useQuery({
    queryKey: ['projects', project],
    queryFn: () => client('GET /projects'),
    enabled: isAdmin,
  });
  return data?.items ?? signIn?.projects ?? NO_PROJECTS;
}

const NO_PROJECTS: readonly ProjectName[] = [];

export function useLatest(): UseQueryResult<Latest> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [LATEST, project],
    queryFn: () => client('GET /analyses/latest'),
    refetchInterval: useFallback(),
  });
}

/** An analysis never changes; the one before is shown until the next is there. */
export function useReport(id: string | undefined): UseQueryResult<ReportData> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['report', project, id],
    queryFn: async () =>
      (await client('GET /analyses/{id}/report', { path: { id: id ?? '' } })) as ReportData,
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
}

export function useLosses(
  id: string | undefined,
): UseQueryResult<Answer<'GET /analyses/{id}/losses'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['losses', project, id],
    queryFn: () => client('GET /analyses/{id}/losses', { path: { id: id ?? '' } }),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useDecisions(): UseQueryResult<readonly DecisionNow[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [DECISIONS, project],
    queryFn: async () => (await client('GET /decisions')).items,
    refetchInterval: useFallback(),
  });
}

export function useSources(): UseQueryResult<Answer<'GET /sources'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['sources', project],
    queryFn: () => client('GET /sources'),
    refetchInterval: SLOW,
  });
}

/** What went live and when. */
export function useDeploys(): readonly WentLive[] {
  const { project, client } = useAsking();
  const { data } = useQuery({
    queryKey: ['deploys', project],
    queryFn: async () => (await client('GET /deploys')).items,
    select: wentLive,
    staleTime: SLOW,
  });
  return data ?? NO_DEPLOYS;
}

const wentLive = (deploys: readonly Schemas['Deploy'][]): readonly WentLive[] =>
  deploys.map(({ at, release, promptVersion, model }) => ({
    ...{ name: release || promptVersion || model, time: Date.parse(at) },
  }));

const NO_DEPLOYS: readonly WentLive[] = [];

export function useStatus(): UseQueryResult<Status> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['status', project],
    queryFn: () => client('GET /status'),
    refetchInterval: useFallback(),
  });
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

type Pages<Item> = UseInfiniteQueryResult<{ readonly pages: readonly Page<Item>[] }>;

export type TraceQuery = NonNullable<Routes['GET /traces']['query']>;

/** Stored traces, newest first. */
export function useTraces(filter: TraceQuery): Pages<TraceSummary> {
  const { project, client } = useAsking();
  const fallback = useFallback();
  return useInfiniteQuery({
    queryKey: ['traces', project, filter],
    queryFn: ({ pageParam }) =>
      client('GET /traces', {
        query: { ...filter, ...(pageParam !== null && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : fallback),
  });
}

export function useTrace(id: string): UseQueryResult<StoredTrace> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['trace', project, id],
    queryFn: () => client('GET /traces/{id}', { path: { id } }),
    staleTime: 60_000,
    structuralSharing: false,
  });
}

export function useActivity(): Pages<LogLine> {
  const { project, client } = useAsking();
  const fallback = useFallback();
  return useInfiniteQuery({
    queryKey: [ACTIVITY, project],
    queryFn: ({ pageParam }) =>
      client('GET /activity', {
        query: pageParam === null ? {} : { before: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : fallback),
  });
}
