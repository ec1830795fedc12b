import type { ReactNode } from 'react';
import type { HistoryReport } from '../../contract/eval-report.ts';
import { OneScreen } from '../shell/OneScreen.tsx';
import { HistoryPage } from './views/HistoryPage.tsx';

/** The report of a history: its frame and its one screen. */
export function HistoryApp(props: { readonly data: HistoryReport }): ReactNode {
  const { data } = props;
  return (
    <OneScreen
      name="History"
      icon="verdict"
      title="Guards over versions"
      toolVersion={data.toolVersion}
      scope={
        <>
          <span className="dim">Suites in</span> <b>{data.path}</b>
        </>
      }
    >
      <HistoryPage data={data} />
    </OneScreen>
  );
}
