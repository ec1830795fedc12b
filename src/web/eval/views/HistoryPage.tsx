import type { ReactNode } from 'react';
import type { HistoryCause, HistoryCell, HistoryReport } from '../../../contract/eval-report.ts';
import { percent, plural } from '../../../text/format.ts';
import { leftOutText } from '../../../text/left-out.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { Empty } from '../../parts/Empty.tsx';

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
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
        <section className="scroll-x" aria-label="Heat map" tabIndex={0}>
          <table className="heat">
            <thead>
              <tr>
                <th scope="col">Cause</th>
                {runs.map(({ id, version, at }) => (
                  <th key={id} scope="col" title={`${id}, ${version}`}>
                    <span className="heat-version">{version}</span>
                    <small>{at.slice(5, 10)}</small>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {causes.map((cause) => (
                <HeatRow key={cause.cause} cause={cause} />
              ))}
              <tr className="heat-verdicts">
                <th scope="row">Verdict of the run</th>
                {runs.map(({ id, verdict }) => (
                  <td key={id}>{verdict.replaceAll('_', ' ')}</td>
                ))}
              </tr>
            </tbody>
          </table>
        </section>
        <p className="heat-key">
          <span className="heat-scale" aria-hidden="true" /> 0 to 100% of attempts pass
          <span className="heat-cell" data-back="" aria-hidden="true">
            ↩
          </span>{' '}
          came back: all guards had passed in the run before
          <span className="dim">– not decided</span>
        </p>
      </Card>
    </>
  );
}

function HeatRow(props: { readonly cause: HistoryCause }): ReactNode {
  const { cause, title, cells } = props.cause;
  return (
    <tr>
      <th scope="row">
        <Coded text={title ?? 'its suite is not there any more'} />
        <small>{cause}</small>
      </th>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its run
        <td key={at}>{cell === null ? <span className="dim">–</span> : <Heat cell={cell} />}</td>
      ))}
    </tr>
  );
}

function Heat(props: { readonly cell: HistoryCell }): ReactNode {
  const { rate, passed, cases, cameBack } = props.cell;
  return (
    <span
      className="heat-cell"
      data-back={cameBack || undefined}
      data-strong={rate > 0.55 || undefined}
      style={{ ['--rate' as string]: rate.toFixed(3) }}
      title={`${passed} of ${plural(cases, 'guard')} pass every attempt`}
    >
      {percent(rate)}
      {cameBack && (
        <>
          <span aria-hidden="true"> ↩</span>
          <span className="hidden"> came back</span>
        </>
      )}
    </span>
  );
}
