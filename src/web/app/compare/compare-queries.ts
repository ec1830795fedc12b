import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import type { DiffReport } from '../../../contract/change-report.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import type { Sides } from './sides.ts';

export type Comparison = Schemas['Comparison'];
export type Choices = Schemas['ComparisonChoices'];

/** A prompt or a tool that is another on the second side. */
export interface ChangedDefinition {
  readonly kind: 'prompt' | 'tool';
  readonly name: string;
  /** Its versions; null where a side does not have it. */
  readonly before: string | null;
  readonly after: string | null;
  readonly hunks: readonly {
    readonly fromLine: number;
    readonly lines: readonly {
      readonly kind: 'same' | 'removed' | 'added';
      readonly text: string;
    }[];
  }[];
}

/** What a comparison has found. */
export interface Compared extends DiffReport {
  readonly definitions: readonly ChangedDefinition[];
}

const COMPARISONS = 'comparisons';

export const isOpen = ({ state }: Pick<Comparison, 'state'>): boolean =>
  state === 'waiting' || state === 'running';

export function useComparisons(): UseQueryResult<readonly Comparison[]> {
  const { project, client } = useAsking();
  const fallback = useFallback();
  return useQuery({
    queryKey: [COMPARISONS, project],
    queryFn: async () => (await client('GET /comparisons')).items,
    refetchInterval: ({ state: { data } }) => (data?.some(isOpen) === true ? fallback : false),
  });
}

/** What can be compared within the environment and the tenant of the sides. */
export function useChoices({ environment, tenant }: Partial<Sides>): UseQueryResult<Choices> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['comparison choices', project, environment, tenant],
    queryFn: () =>
      client('GET /comparisons/choices', {
        query: {
          ...(environment !== undefined && { environment }),
          ...(tenant !== undefined && { tenant }),
        },
      }),
    placeholderData: keepPreviousData,
  });
}

/** What a comparison has found, once it is done; it never changes. */
export function useCompared(comparison: Comparison | undefined): UseQueryResult<Compared> {
  const { project, client } = useAsking();
  const id = comparison?.id ?? '';
  return useQuery({
    queryKey: ['compared', project, id],
    queryFn: async () =>
      (await client('GET /comparisons/{id}/result', { path: { id } })) as Compared,
    enabled: comparison?.state === 'done',
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

/** What can be done with comparisons; each refetches them at the end. */
export function useComparing(): {
  readonly begin: UseMutationResult<Comparison, Error, Sides>;
  readonly cancel: UseMutationResult<Comparison, Error, string>;
} {
  const { project, client } = useAsking();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: [COMPARISONS, project] });
  return {
    begin: useMutation({
      mutationFn: (body: Sides) => client('POST /comparisons', { body }),
      onSettled,
    }),
    cancel: useMutation({
      mutationFn: (id: string) => client('POST /comparisons/{id}/cancel', { path: { id } }),
      onSettled,
    }),
  };
}
