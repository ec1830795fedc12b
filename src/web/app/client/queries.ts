import {
  keepPreviousData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import type { Activity, Decision } from '../../../contract/decision.ts';
import type { ReportData } from '../../../contract/report.ts';
import type { Trace } from '../../../contract/trace.ts';
import type { Losses } from '../../../decide/decide.ts';
import { useAsking } from './asking.ts';
import { request } from './request.ts';

/** Milliseconds between two looks at what changes by itself. */
const LIVE = 4_000;

export interface AnalysisSummary {
  readonly id: string;
  readonly at: string;
  readonly traces: number;
  readonly failed: number;
}

export interface Latest {
  readonly analysis: AnalysisSummary | null;
  readonly isRunning: boolean;
}

export interface Status {
  readonly version: string;
  readonly store: 'starting' | 'ready' | 'away' | 'closed';
  readonly since: string;
  readonly received: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly openTraces: number;
  readonly funnel: {
    readonly stored: number;
    readonly eligible: number;
    readonly failed: number;
    readonly signaled: number;
  };
}

export interface TraceSummary {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly signals: readonly string[];
  readonly input: string;
  readonly output: string;
  readonly model: string;
  readonly promptVersion: string;
  readonly tenant: string;
  readonly source: string;
  readonly spans: number;
}

export interface StoredTrace {
  /** Null until the trace is finished. */
  readonly summary: TraceSummary | null;
  readonly trace: Trace;
  readonly signals: readonly {
    readonly detector: string;
    readonly verdict: string;
    readonly spanId: string;
    readonly path: string;
    readonly quote: string;
  }[];
}

export interface Project {
  readonly id: string;
  readonly name: string;
}

/** Parts of the keys of queries, so that what they ask for can be asked for anew. */
export const DECISIONS = 'decisions';
export const ACTIVITY = 'activity';
export const LATEST = 'latest';

export function useProjects(): UseQueryResult<{ readonly items: readonly Project[] }> {
  const asking = useAsking();
  return useQuery({
    queryKey: ['projects', asking.project],
    queryFn: () => request<{ readonly items: readonly Project[] }>(asking, '/projects'),
  });
}

export function useLatest(): UseQueryResult<Latest> {
  const asking = useAsking();
  return useQuery({
    queryKey: [LATEST, asking.project],
    queryFn: () => request<Latest>(asking, '/analyses/latest'),
    refetchInterval: LIVE,
  });
}

/** An analysis never changes; the one before is shown until the next is there. */
export function useReport(id: string | undefined): UseQueryResult<ReportData> {
  const asking = useAsking();
  return useQuery({
    queryKey: ['report', asking.project, id],
    queryFn: () => request<ReportData>(asking, `/analyses/${id}/report`),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
}

export function useLosses(id: string | undefined): UseQueryResult<Losses> {
  const asking = useAsking();
  return useQuery({
    queryKey: ['losses', asking.project, id],
    queryFn: () => request<Losses>(asking, `/analyses/${id}/losses`),
    enabled: id !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useDecisions(): UseQueryResult<readonly Decision[]> {
  const asking = useAsking();
  return useQuery({
    queryKey: [DECISIONS, asking.project],
    queryFn: async () =>
      (await request<{ readonly items: readonly Decision[] }>(asking, '/decisions')).items,
    refetchInterval: LIVE,
  });
}

export function useStatus(): UseQueryResult<Status> {
  const asking = useAsking();
  return useQuery({
    queryKey: ['status', asking.project],
    queryFn: () => request<Status>(asking, '/status'),
    refetchInterval: LIVE,
  });
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

type Pages<Item> = UseInfiniteQueryResult<{ readonly pages: readonly Page<Item>[] }>;

/** Stored traces, newest first. Only the first page is asked for again by itself. */
export function useTraces(filter: Readonly<Record<string, string>>): Pages<TraceSummary> {
  const asking = useAsking();
  return useInfiniteQuery({
    queryKey: ['traces', asking.project, filter],
    queryFn: ({ pageParam }) =>
      request<Page<TraceSummary>>(
        asking,
        `/traces?${new URLSearchParams({ ...filter, ...(pageParam !== null && { cursor: pageParam }) })}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : LIVE),
  });
}

export function useTrace(id: string): UseQueryResult<StoredTrace> {
  const asking = useAsking();
  return useQuery({
    queryKey: ['trace', asking.project, id],
    queryFn: () => request<StoredTrace>(asking, `/traces/${encodeURIComponent(id)}`),
    staleTime: 60_000,
    structuralSharing: false,
  });
}

/** A line of the log; the API writes times as text. */
export type LogLine = Omit<Activity, 'at'> & { readonly at: string };

export function useActivity(): Pages<LogLine> {
  const asking = useAsking();
  return useInfiniteQuery({
    queryKey: [ACTIVITY, asking.project],
    queryFn: ({ pageParam }) =>
      request<Page<LogLine>>(
        asking,
        `/activity${pageParam === null ? '' : `?before=${encodeURIComponent(pageParam)}`}`,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 1 ? false : LIVE),
  });
}
