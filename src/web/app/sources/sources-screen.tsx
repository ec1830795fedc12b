import type { ReactNode } from 'react';
import { count, plural } from '../../../text/format.ts';
import { exactMoment } from '../../../text/moments.ts';
import { useLatest, useSources, useStatus } from '../client/queries.ts';
import type { Screen } from '../screen.ts';
import { AnalysisFailed } from '../shell/AnalysisFailed.tsx';
import { AnalyzeButton } from './AnalyzeButton.tsx';
import { SendTraces } from './SendTraces.tsx';
import { SourceList } from './SourceList.tsx';

/** What the server has received and what became of it, and how to send more. */
function Sources(): ReactNode {
  const { data: status } = useStatus();
  const { data: latest } = useLatest();
  const { data: sources } = useSources();
  if (status === undefined || latest === undefined || sources === undefined)
    return (
      <>
        <h1 tabIndex={-1}>Sources</h1>
        <p className="waiting" role="status">
          One moment.
        </p>
      </>
    );
  const dropped = Object.entries(status.rejected).filter(([, number]) => number > 0);
  return (
    <>
      <h1 tabIndex={-1}>
        {status.store !== 'ready'
          ? 'The store of traces is away: nothing can be received'
          : status.received === 0
            ? `Ready to receive since ${exactMoment(Date.parse(status.since))}`
            : `Receiving: ${plural(status.received, 'record')} since ${exactMoment(Date.parse(status.since))}`}
      </h1>
      <dl className="figures sources-figures">
        <Figure name="Stored" value={status.funnel.stored} note="traces" />
        <Figure name="Can be judged" value={status.funnel.eligible} note="of them" />
        <Figure name="Failed" value={status.funnel.failed} note="of them" />
        <Figure name="With a reason" value={status.funnel.signaled} note="of them" />
        <Figure name="Arriving" value={status.openTraces} note="traces" />
        <Figure
          name="Not taken"
          value={dropped.reduce((sum, [, number]) => sum + number, 0)}
          note={dropped.map(([reason, number]) => `${count(number)} ${reason}`).join(', ')}
        />
      </dl>
      <div className="actions sources-analysis">
        <AnalyzeButton isRunning={latest.isRunning} />
        {latest.analysis !== null && (
          <span className="dim">
            Last analyzed {exactMoment(Date.parse(latest.analysis.at))}:{' '}
            {count(latest.analysis.failed)} of {plural(latest.analysis.traces, 'trace')} failed
          </span>
        )}
      </div>
      <AnalysisFailed />
      <SourceList sources={sources} />
      <h2 className="sources-send">Send more</h2>
      <SendTraces />
      <p className="sources-api">
        Everything else that this server can be asked:{' '}
        <a className="link" href="/api/docs">
          its API
        </a>
      </p>
    </>
  );
}

function Figure(props: {
  readonly name: string;
  readonly value: number;
  readonly note: string;
}): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {count(props.value)}
        <small>{props.note}</small>
      </dd>
    </div>
  );
}

export const sourcesScreen: Screen = {
  path: '/sources',
  name: 'Sources',
  icon: 'send',
  needsAnalysis: false,
  keys: [],
  view: Sources,
};
