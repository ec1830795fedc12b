import type { ReactNode } from 'react';
import type { AnalyzedFailure } from '../../../../contract/analyzed-failure.ts';
import type { ReportTrace } from '../../../../contract/report.ts';
import { count, dollars, duration } from '../../../../text/format.ts';
import { exactMoment } from '../../../../text/moments.ts';
import { Tag } from '../../../parts/Tag.tsx';

/** When, where, how long, how much: what was recorded of a whole trace. */
export function TraceFacts(props: {
  readonly id: string;
  readonly trace: ReportTrace | undefined;
  readonly failure: AnalyzedFailure | undefined;
}): ReactNode {
  const { id, trace, failure } = props;
  const from = trace ?? failure;
  const time = from?.startTime ?? null;
  const names = [from?.promptVersion, from?.release, from?.tenant, from?.model];
  const calls = callsOf(trace);
  return (
    <p className="meta trace-meta">
      {trace?.isPassing === true ? <Tag kind="pass">Passed</Tag> : <Tag kind="fail">Failed</Tag>}
      {time !== null && <span>{exactMoment(time)}</span>}
      {[...new Set(names)].map((name) => name != null && <span key={name}>{name}</span>)}
      {trace?.durationMs != null && <b>{duration(trace.durationMs)}</b>}
      {trace?.tokens != null && (
        <span>
          <b>{count(trace.tokens)}</b> tokens
        </span>
      )}
      {trace?.cost != null && <b>{dollars(trace.cost)}</b>}
      {calls !== null && <span>{calls}</span>}
      {trace?.origin !== undefined && <span className="dim">{trace.origin}</span>}
      <code className="dim">{id}</code>
    </p>
  );
}

function callsOf(trace: ReportTrace | undefined): string | null {
  const spans = trace?.spans ?? [];
  if (spans.length === 0) return null;
  const of = (kind: string): number => spans.filter((span) => span.kind === kind).length;
  return `${count(of('model'))} model and ${count(of('tool'))} tool calls`;
}
