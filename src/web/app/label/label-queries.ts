import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import type { Answer } from '../client/queries.ts';

export type Queue = Schemas['Queue'];
export type QueueItem = Schemas['QueueItem'];
export type Category = Schemas['Taxonomy']['categories'][number];
export type TaxonomyNow = Answer<'GET /taxonomy'>;
export type AgreementNow = Answer<'GET /agreement'>;

/** Parts of the keys of queries. */
export const QUEUES = 'queues';
export const TAXONOMY = 'taxonomy';
export const AGREEMENT = 'agreement';
export const LABELING: readonly string[] = [QUEUES, TAXONOMY, AGREEMENT];

export function useQueues(): UseQueryResult<readonly Queue[]> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [QUEUES, project],
    queryFn: async () => (await client('GET /queues')).items,
    refetchInterval: useFallback(),
  });
}

/** A queue with the first of its items, in the order of the person who looks. */
export function useQueueItems(id: string): UseQueryResult<Answer<'GET /queues/{id}/items'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [QUEUES, project, id],
    queryFn: () => client('GET /queues/{id}/items', { path: { id }, query: { limit: 12 } }),
    refetchInterval: useFallback(),
  });
}

export function useTaxonomy(): UseQueryResult<TaxonomyNow> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [TAXONOMY, project],
    queryFn: () => client('GET /taxonomy'),
  });
}

export function useAgreement(queue: string | null): UseQueryResult<AgreementNow> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [AGREEMENT, project, queue],
    queryFn: () => client('GET /agreement', { query: queue === null ? {} : { queue } }),
  });
}
