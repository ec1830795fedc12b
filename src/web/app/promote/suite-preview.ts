import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Routes, Schemas } from '../../../client/client.ts';
import { useAsking } from '../client/asking.ts';
import { ACTIVITY, type Answer, DECISIONS } from '../client/queries.ts';
import { SUITES } from '../verify/verify-queries.ts';

export type Preview = Schemas['SuitePreview'];
export type PreviewedCase = Preview['cases'][number];

/** What a person has chosen of a cause. */
export interface Choice {
  readonly picks: readonly string[];
  readonly leaveOut: readonly string[];
  readonly redact: 'mask' | 'off';
  /** Null: made of the title. */
  readonly name: string | null;
}

export const AS_PROPOSED: Choice = { picks: [], leaveOut: [], redact: 'mask', name: null };

const bodyOf = ({ name, picks, leaveOut, redact }: Choice) => ({
  ...{ picks: [...picks], leaveOut: [...leaveOut], redact },
  ...(name !== null && { name }),
});

/** The suite that would be written; the one before is shown until the next is there. */
export function usePreview(cause: string, choice: Choice): UseQueryResult<Preview> {
  const { project, client } = useAsking();
  return useQuery({
    queryKey: ['suite preview', project, cause, choice],
    queryFn: ({ signal }) =>
      client('POST /causes/{id}/suite/preview', {
        path: { id: cause },
        body: bodyOf(choice),
        signal,
      }),
    placeholderData: keepPreviousData,
    // What is in the folder may have changed each time that the dialog opens.
    gcTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });
}

interface Promoted {
  readonly choice: Choice;
  readonly version: string;
  readonly to: Routes['POST /causes/{id}/suite']['body']['to'];
}

type Written = Answer<'POST /causes/{id}/suite'>;

/** Writes the suite, or hands its files over. */
export function usePromote(cause: string): UseMutationResult<Written, Error, Promoted> {
  const { project, client } = useAsking();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ choice, version, to }: Promoted) =>
      client('POST /causes/{id}/suite', {
        path: { id: cause },
        body: { ...bodyOf(choice), version, to },
      }),
    onSettled: () => {
      for (const kind of [SUITES, DECISIONS, ACTIVITY])
        void queries.invalidateQueries({ queryKey: [kind, project] });
    },
  });
}
