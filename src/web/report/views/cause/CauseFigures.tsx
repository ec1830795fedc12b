import type { ReactNode } from 'react';
import { count, percent, percentRange } from '../../../../text/format.ts';
import { figure } from '../../model/figures.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { wordsOf } from '../../model/words.ts';

/** The figures of a cause, each with what qualifies it. */
export function CauseFigures(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
}): ReactNode {
  const { model, cause } = props;
  const { cluster, share, shareInterval, rate, rateInterval, priority, topThree } = cause;
  const words = wordsOf(model.analysis);
  const factor = model.analysis.formula.includes('fix cost')
    ? `${cluster.severity} ÷ ${cluster.fixCost}`
    : `severity ${cluster.severity}`;
  return (
    <dl className="figures">
      <Figure name={`Share of ${words.failures}`} note={percentRange(shareInterval)}>
        {percent(share)}
      </Figure>
      <Figure
        name={words.isAll ? 'Traces' : 'Failures'}
        note={
          cause.members.length === cause.population
            ? ''
            : `${count(cause.members.length)} looked at`
        }
      >
        {count(cause.population)}
      </Figure>
      {cause.failedShare !== null && cause.failedShareInterval !== null && (
        <Figure name="Failed" note={percentRange(cause.failedShareInterval)}>
          {percent(cause.failedShare)}
        </Figure>
      )}
      {!words.isAll && rate !== null && rateInterval !== null && (
        <Figure
          name="Per 1,000 traces"
          note={`${figure(rateInterval[0])}–${figure(rateInterval[1])}`}
        >
          {figure(rate)}
        </Figure>
      )}
      {!words.isAll && priority !== null && rate !== null && (
        <Figure name="Priority" note={`${figure(rate)} × ${factor}`}>
          {figure(priority)}
        </Figure>
      )}
      {!words.isAll && topThree !== null && cluster.rank !== null && (
        <Figure name="Chance of top three" note={`rank ${cluster.rank} now`}>
          {percent(topThree)}
        </Figure>
      )}
    </dl>
  );
}

function Figure(props: {
  readonly name: string;
  readonly note: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.children}
        <small>{props.note}</small>
      </dd>
    </div>
  );
}
