import type { ReactNode } from 'react';
import type { HistoryReport } from '../../../contract/eval-report.ts';
import { plural } from '../../../text/format.ts';
import { leftOutText } from '../../../text/left-out.ts';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { HistoryCard } from './HistoryCard.tsx';

/** Causes that the title names. */
const NAMED = 2;

/** Causes × runs: the pass rate of the guards as a heat map, and where a cause came back. */
export function HistoryPage(props: { readonly data: HistoryReport }): ReactNode {
  const { runs, causes, leftOut } = props.data.history;
  const back = causes.flatMap((cause) =>
    cause.cells.flatMap((cell, at) =>
      cell?.cameBack === true ? [{ cause, version: runs[at]?.version ?? '' }] : [],
    ),
  );
  const omitted = leftOutText(leftOut);
  if (runs.length === 0)
    return (
      <Empty title="No run to show">
        <p>{omitted === '' ? 'culprit eval makes one.' : `${omitted}.`}</p>
      </Empty>
    );
  return (
    <>
      <h1 tabIndex={-1}>
        {back.length === 0
          ? `No cause came back in ${plural(runs.length, 'run')}`
          : back.slice(0, NAMED).map(({ cause, version }, i) => (
              <span key={`${cause.cause} ${version}`}>
                {i > 0 && '; '}
                <Coded text={cause.title ?? cause.cause} /> came back in {version}
              </span>
            ))}
        {back.length > NAMED && `; ${back.length - NAMED} more came back`}
      </h1>
      <p className="history-note">
        Guards that pass in each run, oldest first. The guards of a cause are the same cases in
        every run, so rates can be compared{omitted === '' ? '.' : `; ${omitted}.`}
      </p>
      <HistoryCard history={props.data.history} />
    </>
  );
}
