import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import { ACTIVITY, DECISIONS } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { NARRATE } from './narrate-route.ts';

export type CauseOccurrence = Schemas['CauseOccurrence'];
export type CauseFix = Schemas['CauseFix'];

/** Where and when stored traces fail by a cause; asked anew with every decision. */
export function useOccurrence(id: string): UseQueryResult<CauseOccurrence> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [DECISIONS, project, 'trend', id],
    queryFn: () => client('GET /causes/{id}/trend', { path: { id } }),
  });
}

/** What became of a cause, and whether its fix holds. */
export function useFix(id: string): UseQueryResult<CauseFix> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [ACTIVITY, project, 'fix', id],
    queryFn: () => client('GET /causes/{id}/fix', { path: { id } }),
  });
}

export type CauseNarrative = Schemas['CauseNarrative'];

const NARRATIVES = 'narratives';

/** What the label model proposes about a cause; `ask` asks it, and `failed` says why that did not work. */
export function useNarrative(id: string): {
  readonly told: CauseNarrative | undefined;
  readonly ask: () => void;
  readonly failed: string;
} {
  const { project, client } = useAsking();
  const { failed, change } = useChange(NARRATIVES);
  const { data } = useQuery({
    queryKey: [NARRATIVES, project, id],
    queryFn: () => client('GET /causes/{id}/narrative', { path: { id } }),
    enabled: id !== '',
    refetchInterval: useFallback(),
  });
  return { told: data, failed, ask: () => change(() => client(NARRATE, { path: { id } })) };
}
