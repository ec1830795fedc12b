import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Schemas } from '../../../client/client.ts';
import { notify } from '../../hooks/notice.ts';
import { useAsking } from '../client/asking.ts';
import { useFallback } from '../client/events.ts';
import { ACTIVITY, type Answer, DECISIONS } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';

export type Proposal = Schemas['Proposal'];

const PROPOSALS = 'proposals';

/** What the last re-clustering proposes, and nobody has decided on. */
export function useProposals(): UseQueryResult<Answer<'GET /proposals'>> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: [PROPOSALS, project],
    queryFn: () => client('GET /proposals'),
    refetchInterval: useFallback(),
  });
}

/** Does something with a proposal, says what was done, and asks anew; `failed` says why the last did not work. */
export function useProposalChange(): {
  readonly failed: string;
  readonly change: (what: () => Promise<unknown>, said: string) => void;
} {
  const { failed, change } = useChange(PROPOSALS, DECISIONS, ACTIVITY);
  return { failed, change: (what, said) => change(what, () => notify(said)) };
}
