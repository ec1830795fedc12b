import { type ReactNode, useState } from 'react';
import type { Trend } from '../../contract/trend.ts';
import { count, plural } from '../../text/format.ts';
import { statementText } from '../../text/statement.ts';
import { OneScreen } from '../shell/OneScreen.tsx';
import { attributeWords } from './model/state-words.ts';
import { TimePage } from './views/trend/TimePage.tsx';
import { VersionsPage } from './views/trend/VersionsPage.tsx';

/** The report of a trend: its frame and its one screen, by version or over time. */
export function TrendApp(props: { readonly trend: Trend }): ReactNode {
  const { trend } = props;
  const [shows, setShows] = useState<'pass' | 'rate'>('pass');
  const isChoice = !trend.isTime && trend.noRates === null;
  return (
    <OneScreen
      name="Trend"
      icon="run"
      title={statementText(trend.headline).replaceAll('`', '')}
      toolVersion={trend.toolVersion}
      keys={isChoice ? [['v', 'traces that pass, failures per 1,000']] : []}
      actions={{
        v: () => setShows(shows === 'pass' ? 'rate' : 'pass'),
      }}
      scope={
        <>
          <b>{plural(trend.traces, 'trace')}</b>{' '}
          <span className="dim">
            of {count(trend.groups.length)} {attributeWords(trend.by)}
          </span>
        </>
      }
    >
      {trend.isTime ? (
        <TimePage trend={trend} />
      ) : (
        <VersionsPage trend={trend} shows={shows} onShow={setShows} />
      )}
    </OneScreen>
  );
}
