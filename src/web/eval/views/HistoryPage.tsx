import type { ReactNode } from 'react';
import type { HistoryCell, HistoryReport } from '../../../contract/eval-report.ts';
import { percent, plural } from '../../../text/format.ts';
import { leftOutText } from '../../../text/left-out.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';
import { type HeatCell, HeatTable } from '../../parts/HeatTable.tsx';

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
      <Card title="Pass rate by version" aside="guards, mean of their attempts" flush>
        <HeatTable
          label="Heat map"
          corner="Cause"
          columns={runs.map(({ id, version, at }) => ({
            key: id,
            name: version,
            second: at.slice(5, 10),
            title: `${id}, ${version}`,
          }))}
          rows={causes.map(({ cause, title, cells }) => ({
            key: cause,
            head: (
              <>
                <Coded text={title ?? 'its suite is not there any more'} />
                <small className="mono">{cause}</small>
              </>
            ),
            cells: cells.map((cell) => cell && heatOf(cell)),
          }))}
        >
          <tr className="heat-verdicts">
            <th scope="row">Verdict of the run</th>
            {runs.map(({ id, verdict }) => (
              <td key={id}>{verdict.replaceAll('_', ' ')}</td>
            ))}
          </tr>
        </HeatTable>
        <p className="heat-key">
          <span className="heat-scale" aria-hidden="true" /> 0 to 100% of attempts pass
          <span className="heat-cell" data-mark="fail" aria-hidden="true">
            ↩
          </span>{' '}
          came back: all guards had passed in the run before
          <span className="dim">– not decided</span>
        </p>
      </Card>
    </>
  );
}

const heatOf = ({ rate, passed, cases, cameBack }: HistoryCell): HeatCell => ({
  ink: rate,
  mark: cameBack ? 'fail' : undefined,
  title: `${passed} of ${plural(cases, 'guard')} pass every attempt`,
  text: (
    <>
      {percent(rate)}
      {cameBack && (
        <>
          <span aria-hidden="true"> ↩</span>
          <span className="hidden"> came back</span>
        </>
      )}
    </>
  ),
});
