import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import type { EvalReport } from '../../../contract/eval-report.ts';
import { useAsking } from '../client/asking.ts';
import type { Answer } from '../client/queries.ts';

export type ShownSuite = Schemas['Suite'];
export type ShownRun = Schemas['EvalRun'];

export const SUITES = 'suites';

/** Milliseconds between two looks at the folder. */
const LIVE = 10_000;

export function useSuites(): UseQueryResult<Answer<'GET /suites'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [SUITES, project],
    queryFn: () => client('GET /suites'),
    refetchInterval: LIVE,
  });
}

export function useRuns(): UseQueryResult<Answer<'GET /runs'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['runs', project],
    queryFn: () => client('GET /runs'),
    refetchInterval: LIVE,
  });
}

/** A run that has ended never changes. */
export function useRun(
  id: string,
): UseQueryResult<{ readonly report: EvalReport; readonly markdown: string }> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['run', project, id],
    queryFn: async () => {
      const { report, markdown } = await client('GET /runs/{id}', { path: { id } });
      return { report: report as EvalReport, markdown };
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}
