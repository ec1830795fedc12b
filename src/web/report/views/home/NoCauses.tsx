import type { ReactNode } from 'react';
import { plural } from '../../../../text/format.ts';
import { Button } from '../../../parts/Button.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { failedOf } from '../../model/lead.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { EVERYTHING, type Scope } from '../../model/scope.ts';

/** Scores and columns that a rule could name. */
const MOST_NAMED = 5;

/** What to do where there is no cause, as sentences. */
export interface NoCausesAdvice {
  readonly withScores: ReactNode;
  readonly withoutFailures: ReactNode;
  readonly byAnotherView: ReactNode;
  readonly ofFewer: ReactNode;
}

const OPTIONS: NoCausesAdvice = {
  withScores: (
    <>
      Say with <code>--score</code> what a failure is.
    </>
  ),
  withoutFailures: (
    <>
      Group every trace with <code>--all</code>.
    </>
  ),
  byAnotherView: (
    <>
      Try another with <code>--view</code>.
    </>
  ),
  ofFewer: (
    <>
      <code>--min-cluster-size</code> sets another number.
    </>
  ),
};

/** Why there is no cause to show, and what to do. */
export function NoCauses(props: {
  readonly model: ReportModel;
  /** Failures to list below. */
  readonly alone: number;
  /** Null if nothing was filtered. */
  readonly onShowAll: ((scope: Scope) => void) | null;
  /** Default: by options of the command line. */
  readonly advice?: NoCausesAdvice;
}): ReactNode {
  const { model, alone, onShowAll, advice = OPTIONS } = props;
  const { options, measures } = model.analysis;
  const named = measures
    .filter(({ from }) => from !== 'run')
    .slice(0, MOST_NAMED)
    .map(({ name }) => name.replaceAll('`', "'"));
  if (onShowAll !== null && alone === 0)
    return (
      <Empty title="No failure matches">
        <p>None of the {plural(failedOf(model), 'failure')} has these words and values together.</p>
        <p>
          <Button onPress={() => onShowAll(EVERYTHING)}>Show everything</Button>
        </p>
      </Empty>
    );
  if (model.failures.length === 0)
    return (
      <Empty title="No failure found">
        <p>
          No trace has an error, a score below its threshold, negative feedback, a loop or an
          outlier.
        </p>
        <p>
          {named.length > 0 && (
            <>
              These traces have <Coded text={named.map((name) => `\`${name}\``).join(', ')} />.{' '}
              {advice.withScores}{' '}
            </>
          )}
          {advice.withoutFailures}
        </p>
      </Empty>
    );
  if (model.placed === 0)
    return (
      <Empty title="No failure could be compared">
        <p>
          The view <code>{options.view}</code> is empty for all of them: the sentence above shows
          what was left out. {advice.byAnotherView}
        </p>
      </Empty>
    );
  return (
    <Empty title={alone === 1 ? 'One failure' : 'No cause repeats'}>
      <p>
        {alone === 1
          ? 'It is below.'
          : `None of the ${plural(alone, 'failure')} has enough others like it. All are below.`}{' '}
        A cause needs {options.minClusterSize} alike. {advice.ofFewer}
      </p>
    </Empty>
  );
}
