import { Fragment, type ReactNode, useMemo, useState } from 'react';
import type { Pair, ReportTrace } from '../../../../contract/report.ts';
import { duration, plural } from '../../../../text/format.ts';
import { moment } from '../../../../text/moments.ts';
import { Coded } from '../../../parts/Coded.tsx';
import { useLink } from '../../hooks/links.ts';
import { numberedEvidence, placeEvidence } from '../../model/evidence.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { stepMarks } from '../../model/step-marks.ts';
import { Step } from './Step.tsx';

/** Steps before the first difference, and after it, that are shown at once. */
const BEFORE = 3;
const AFTER = 8;

/** Two traces step by step, with the first difference marked and said. */
export function PairView(props: { readonly model: ReportModel; readonly pair: Pair }): ReactNode {
  const { model, pair } = props;
  const [whole, setWhole] = useState(false);
  const marks = useMemo(() => {
    const trace = model.traceById.get(pair.failing);
    const evidence = numberedEvidence(model, pair.failing);
    return trace === undefined ? [] : stepMarks(pair.rows, placeEvidence(trace, evidence));
  }, [model, pair]);
  const first = pair.firstDifference ?? 0;
  const shown = pair.rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => !(row.isSame && (row.failing ?? row.passing)?.kind === 'system'));
  const inSight = whole
    ? shown
    : shown.filter(({ at }) => at >= first - BEFORE && at <= first + AFTER);
  const hidden = shown.length - inSight.length;
  return (
    <div className="pair">
      <div className="pair-number" />
      <Side model={model} id={pair.failing} />
      <Side model={model} id={pair.passing} isPassing />
      {inSight.map(({ row, at }, i) => (
        <Fragment key={at}>
          {at === pair.firstDifference && (
            <p className="pair-difference">
              First difference
              {pair.difference !== null && (
                <>
                  : <Coded text={pair.difference} />
                </>
              )}
            </p>
          )}
          <div className="pair-number">{shown.findIndex((each) => each.at === at) + 1}</div>
          <Step
            step={row.failing}
            marks={marks[at]}
            isDifferent={at === pair.firstDifference}
            isLast={i === inSight.length - 1}
          />
          <Step
            step={row.passing}
            isPassing
            isDifferent={at === pair.firstDifference}
            isLast={i === inSight.length - 1}
          />
        </Fragment>
      ))}
      {hidden > 0 && (
        <button type="button" className="pair-more" onClick={() => setWhole(true)}>
          Show {plural(hidden, 'more step')}
        </button>
      )}
    </div>
  );
}

function Side(props: {
  readonly model: ReportModel;
  readonly id: string;
  readonly isPassing?: boolean;
}): ReactNode {
  const { model, id, isPassing } = props;
  const link = useLink();
  const trace = model.traceById.get(id);
  return (
    <div className="pair-head" data-passing={isPassing || undefined}>
      <b>{isPassing === true ? 'Passes' : 'Fails'}</b>{' '}
      <a className="link" href={link({ kind: 'trace', id })}>
        {id.slice(0, 12)}
      </a>
      <br />
      {trace === undefined ? '' : factsOf(trace).join(' · ')}
    </div>
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
