import { type ReactNode, useMemo } from 'react';
import type { Pair, ReportTrace } from '../../../../contract/report.ts';
import { duration } from '../../../../text/format.ts';
import { moment } from '../../../../text/moments.ts';
import { SideBySide } from '../../../conversation/SideBySide.tsx';
import { useLink } from '../../hooks/links.ts';
import { numberedEvidence, placeEvidence } from '../../model/evidence.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { stepMarks } from '../../model/step-marks.ts';

/** A failing trace beside the passing trace that is most like it. */
export function PairView(props: { readonly model: ReportModel; readonly pair: Pair }): ReactNode {
  const { model, pair } = props;
  const marks = useMemo(() => {
    const trace = model.traceById.get(pair.failing);
    const evidence = numberedEvidence(model, pair.failing);
    return trace === undefined ? [] : stepMarks(pair.rows, placeEvidence(trace, evidence));
  }, [model, pair]);
  return (
    <SideBySide
      rows={pair.rows}
      firstDifference={pair.firstDifference}
      difference={pair.difference}
      left={{ head: <Head model={model} id={pair.failing} />, outcome: 'fail', marks }}
      right={{
        head: <Head model={model} id={pair.passing} isPassing />,
        outcome: 'pass',
        marks: [],
      }}
    />
  );
}

function Head(props: {
  readonly model: ReportModel;
  readonly id: string;
  readonly isPassing?: boolean;
}): ReactNode {
  const { model, id, isPassing } = props;
  const link = useLink();
  const trace = model.traceById.get(id);
  return (
    <>
      <b>{isPassing === true ? 'Passes' : 'Fails'}</b>{' '}
      <a className="link" href={link({ kind: 'trace', id })}>
        {id.slice(0, 12)}
      </a>
      <br />
      {trace === undefined ? '' : factsOf(trace).join(' · ')}
    </>
  );
}
function factsOf(trace: ReportTrace): string[] {
  const { startTime, promptVersion, release, tenant, durationMs } = trace;
  return [
    startTime === null ? null : moment(startTime),
    promptVersion ?? release,
    tenant,
    durationMs === null ? null : duration(durationMs),
  ].filter((fact) => fact !== null);
}
