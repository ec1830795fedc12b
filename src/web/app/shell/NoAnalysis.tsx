import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { useLatest, useStatus } from '../client/queries.ts';
import { AnalyzeButton } from '../sources/AnalyzeButton.tsx';
import { SendTraces } from '../sources/SendTraces.tsx';
import { AnalysisFailed } from './AnalysisFailed.tsx';

/** Shown until there is an analysis: what to do to get one. */
export function NoAnalysis(props: { readonly isLoading: boolean }): ReactNode {
  const { data: status } = useStatus();
  const { data: latest } = useLatest();
  if (props.isLoading || status === undefined)
    return (
      <p className="waiting" role="status">
        One moment.
      </p>
    );
  const { stored, failed } = status.funnel;
  if (stored > 0)
    return (
      <>
        <h1 tabIndex={-1}>
          {plural(stored, 'trace')} received, {failed} failed. Causes come with the first analysis.
        </h1>
        <p className="lead-worth">
          It runs every hour by itself; {latest?.isRunning === true ? 'it runs now.' : 'or now:'}
        </p>
        <AnalysisFailed />
        <div className="actions">
          <AnalyzeButton isRunning={latest?.isRunning ?? false} />
        </div>
      </>
    );
  return (
    <>
      <h1 tabIndex={-1}>Send the first traces to this project</h1>
      <p className="lead-worth">
        {status.openTraces > 0
          ? `${plural(status.openTraces, 'trace')} arriving. A trace counts once it has rested for 30 seconds.`
          : 'Point what you trace with already to this server; nothing else changes. This page updates by itself.'}
      </p>
      <SendTraces />
    </>
  );
}
