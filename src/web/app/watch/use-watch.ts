import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import type { Answer } from '../client/queries.ts';

export type Watcher = Schemas['Watcher'];
export type WatcherSettings = Schemas['WatcherSettings'];
export type Incident = Schemas['Incident'];
export type Delivery = Schemas['Delivery'];
export type Schedule = Schemas['Schedule'];
export type ScheduleSettings = Schemas['ScheduleSettings'];
export type Judge = Schemas['Judge'];
export type JudgeUse = Schemas['JudgeUse'];
export type JudgeSettings = Schemas['JudgeSettings'];
export type Past = Answer<'POST /watchers/preview'>;

/** What making and changing a watcher asks. */
export const CHANGE = 'PUT /watchers/{id}';

export const WATCH = 'watch';
/** Watchers are read on every five minutes. */
const MINUTE = 60_000;

export function useWatchers(): UseQueryResult<Answer<'GET /watchers'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [WATCH, project, 'watchers'],
    queryFn: () => client('GET /watchers'),
    refetchInterval: MINUTE,
  });
}

export function useIncidents(): UseQueryResult<readonly Incident[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [WATCH, project, 'incidents'],
    queryFn: async () => (await client('GET /incidents')).items,
    refetchInterval: useFallback() || MINUTE,
  });
}

export function useSchedules(): UseQueryResult<readonly Schedule[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [WATCH, project, 'schedules'],
    queryFn: async () => (await client('GET /schedules')).items,
  });
}

export function useJudges(): UseQueryResult<readonly Judge[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [WATCH, project, 'judges'],
    queryFn: async () => (await client('GET /judges')).items,
    refetchInterval: MINUTE,
  });
}

export function useDeliveries(): UseQueryResult<readonly Delivery[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [WATCH, project, 'deliveries'],
    queryFn: async () => (await client('GET /deliveries')).items,
    refetchInterval: MINUTE,
  });
}

/** What a watcher with these settings would have seen; the previous answer is shown until it arrives. */
export function usePast(settings: WatcherSettings | null): UseQueryResult<Past> {
  const { project, client } = useAsking();
  const asked =
    settings === null ? null : { ...settings, owner: '', channels: [], name: settings.name || '-' };
  return useQuery({
    queryKey: [WATCH, project, 'past', asked],
    queryFn: () => client('POST /watchers/preview', { body: asked as WatcherSettings }),
    enabled: asked !== null,
    staleTime: MINUTE,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
