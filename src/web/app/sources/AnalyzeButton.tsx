import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { notify } from '../../hooks/notice.ts';
import { Button } from '../../parts/Button.tsx';
import { Guard } from '../access/Guard.tsx';
import { reasonOf, useAsking } from '../client/asking.ts';
import { LATEST } from '../client/queries.ts';

/** Analyzes what is stored, now. */
export function AnalyzeButton(props: { readonly isRunning: boolean }): ReactNode {
  const asking = useAsking();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const { error: why } = await asking.client('POST /analyses', { query: { wait: 'true' } });
      if (why !== null) throw new Error(why.message);
    },
    onSuccess: () => notify('The analysis has begun; the page follows'),
    onSettled: () => client.invalidateQueries({ queryKey: [LATEST, asking.project] }),
  });
  const isBusy = props.isRunning || isPending;
  return (
    <Guard route="POST /analyses">
      <Button
        onPress={() => (isBusy ? undefined : mutate())}
        title="Reads the traces of the last 30 days, or all while these are few"
      >
        <span className="button-label">
          <span data-off={isBusy || undefined}>Analyze now</span>
          <span data-off={!isBusy || undefined}>Analyzing …</span>
        </span>
      </Button>
      {error !== null && (
        <span className="fail-text" role="alert">
          {reasonOf(error)}
        </span>
      )}
    </Guard>
  );
}
