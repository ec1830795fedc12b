import type { ReactNode } from 'react';
import type { Cluster } from '../../../../contract/cluster.ts';
import { count, percent, percentRange } from '../../../../text/format.ts';
import { figure } from '../../model/figures.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { ScopedCause } from '../../model/scoped.ts';
import { wordsOf } from '../../model/words.ts';

/** The figures of a cause, each with what qualifies it. */
export function CauseFigures(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
  /** More figures. */
  readonly children?: ReactNode;
}): ReactNode {
  const { model, cause, children } = props;
  const { cluster, share, shareInterval, rate, rateInterval, priority, topThree } = cause;
  const words = wordsOf(model.analysis);
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
        <Figure name="Priority" note={priorityNote(cluster, rate, priority)}>
          {figure(priority)}
        </Figure>
      )}
      {!words.isAll && topThree !== null && cluster.rank !== null && (
        <Figure name="Chance of top three" note={`rank ${cluster.rank} now`}>
          {percent(topThree)}
        </Figure>
      )}
      {children}
    </dl>
  );
}

/** How the priority comes about, where that is rate and severity, over the fix cost or not. */
function priorityNote({ severity, fixCost }: Cluster, rate: number, priority: number): string {
  const factor = priority / rate;
  const isFactor = (value: number): boolean => Math.abs(factor - value) < 1e-6 * value;
  if (severity !== null && isFactor(severity)) return `${figure(rate)} × severity ${severity}`;
  if (severity !== null && fixCost !== null && isFactor(severity / fixCost))
    return `${figure(rate)} × ${severity} ÷ ${fixCost}`;
  return 'by the formula';
}

export function Figure(props: {
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
