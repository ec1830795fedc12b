import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';

export type Versions = Schemas['Versions'];
export type VersionCheck = Schemas['VersionCheck'];

/** What the page is about, as its address has it. */
export interface VersionQuery {
  readonly by?: Versions['by'];
  readonly environment?: string;
  readonly prompt?: string;
}

/** Milliseconds between two looks: versions come slowly. */
const MINUTE = 60_000;

export function useVersions(query: VersionQuery): UseQueryResult<Versions> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['versions', project, query],
    queryFn: () => client('GET /versions', { query }),
    placeholderData: keepPreviousData,
    refetchInterval: MINUTE,
  });
}
