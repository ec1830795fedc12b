import { Fragment, type ReactNode, useState } from 'react';
import type { PairRow } from '../../contract/report.ts';
import { plural } from '../../text/format.ts';
import { Coded } from '../parts/Coded.tsx';
import { Step, type StepMarks } from './Step.tsx';

/** Steps before the first difference, and after it, that are shown at once. */
const BEFORE = 3;
const AFTER = 8;

export interface Side {
  readonly head: ReactNode;
  /** How the run of this side ended, where that is known. */
  readonly outcome: 'pass' | 'fail' | null;
  /** Evidence per row. */
  readonly marks: readonly (StepMarks | undefined)[];
}

/** Two runs step by step, with the first difference marked and said. */
export function SideBySide(props: {
  readonly rows: readonly PairRow[];
  readonly firstDifference: number | null;
  readonly difference: string | null;
  readonly left: Side;
  readonly right: Side;
}): ReactNode {
  const { rows, firstDifference, difference, left, right } = props;
  const [whole, setWhole] = useState(false);
  const first = firstDifference ?? 0;
  const shown = rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => !(row.isSame && (row.failing ?? row.passing)?.kind === 'system'));
  const inSight = whole
    ? shown
    : shown.filter(({ at }) => at >= first - BEFORE && at <= first + AFTER);
  const hidden = shown.length - inSight.length;
  return (
    <div className="pair">
      <div className="pair-number" />
      <div className="pair-head" data-outcome={left.outcome ?? undefined}>
        {left.head}
      </div>
      <div className="pair-head" data-right="" data-outcome={right.outcome ?? undefined}>
        {right.head}
      </div>
      {inSight.map(({ row, at }, i) => {
        const isDifferent = at === firstDifference;
        const isLast = i === inSight.length - 1;
        return (
          <Fragment key={at}>
            {isDifferent && (
              <p className="pair-difference">
                First difference
                {difference !== null && (
                  <>
                    : <Coded text={difference} />
                  </>
                )}
              </p>
            )}
            <div className="pair-number">{shown.findIndex((each) => each.at === at) + 1}</div>
            <Step
              step={row.failing}
              outcome={left.outcome}
              marks={left.marks[at]}
              isDifferent={isDifferent}
              isLast={isLast}
            />
            <Step
              step={row.passing}
              outcome={right.outcome}
              marks={right.marks[at]}
              isRight
              isDifferent={isDifferent}
              isLast={isLast}
            />
          </Fragment>
        );
      })}
      {hidden > 0 && (
        <button type="button" className="pair-more" onClick={() => setWhole(true)}>
          Show {plural(hidden, 'more step')}
        </button>
      )}
    </div>
  );
}
