import type { ReactNode } from 'react';
import { exactMoment } from '../../../text/moments.ts';
import { useLatest } from '../client/queries.ts';

/** Why the last analysis that was tried has no result, and what is shown instead; nothing where it has one. */
export function AnalysisFailed(): ReactNode {
  const { data: latest } = useLatest();
  if (latest == null || latest.failure === null) return null;
  const { at, message } = latest.failure;
  return (
    <p className="analysis-failed" role="status">
      <b>The analysis of {exactMoment(Date.parse(at))} failed:</b> {message.replace(/\.$/, '')}.{' '}
      {latest.analysis !== null &&
        `Causes are those of the last good one, of ${exactMoment(Date.parse(latest.analysis.at))}. `}
      {latest.isRunning
        ? 'It is being tried again.'
        : 'It is tried again by itself, within an hour at most; “Analyze now” on Sources tries it at once.'}
    </p>
  );
}
