import type { ReactNode } from 'react';
import type { History, HistoryCell } from '../../../contract/eval-report.ts';
import { percent, plural } from '../../../text/format.ts';
import { Card } from '../../parts/Card.tsx';
import { Coded } from '../../parts/Coded.tsx';
import { type HeatCell, HeatTable } from '../../parts/HeatTable.tsx';

/** Causes × runs: the pass rate of the guards as a heat map. */
export function HistoryCard(props: { readonly history: History }): ReactNode {
  const { runs, causes } = props.history;
  return (
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
        <span>
          <span className="heat-scale" aria-hidden="true" /> 0 to 100% of attempts pass
        </span>
        <span>
          <span className="heat-cell" data-mark="fail" aria-hidden="true">
            ↩
          </span>{' '}
          came back: all guards had passed in the run before
        </span>
        <span className="dim">– not decided</span>
      </p>
    </Card>
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
