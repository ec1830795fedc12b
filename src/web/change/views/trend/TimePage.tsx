import { type ReactNode, useMemo, useState } from 'react';
import type { Trend, TrendCause } from '../../../../contract/trend.ts';
import { count, plural, twoDigits } from '../../../../text/format.ts';
import { statementText } from '../../../../text/statement.ts';
import { Button } from '../../../parts/Button.tsx';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { Empty } from '../../../parts/Empty.tsx';
import { scaleTo } from '../../model/scale.ts';
import { attributeWords } from '../../model/state-words.ts';
import { highestOf, levelOf, type TimeAxis, timeAxis } from '../../model/time-axis.ts';
import { NoRates } from '../NoRates.tsx';
import { Remarks } from '../Remarks.tsx';
import { Moved } from './Moved.tsx';
import { TimeChart } from './TimeChart.tsx';
import { TimeLegend, TimeTicks } from './TimeLegend.tsx';
import { TimeScores } from './TimeScores.tsx';

/** Causes that are drawn at first. */
const SHOWN = 12;

/** All failures and every cause over time, with change points and releases. */
export function TimePage(props: { readonly trend: Trend }): ReactNode {
  const { trend } = props;
  const { groups, causes, failing, noRates, releases } = trend;
  const [all, setAll] = useState(false);
  const axis = useMemo(() => timeAxis(trend), [trend]);
  const moved = useMemo(
    () => causes.toSorted((a, b) => Number(hasMoved(b)) - Number(hasMoved(a))),
    [causes],
  );
  const highest = scaleTo(highestOf(groups));
  const first = groups.at(0)?.start ?? null;
  const last = groups.at(-1)?.start ?? null;
  return (
    <>
      <h1 tabIndex={-1} className="change-title">
        <Coded text={statementText(trend.headline)} />
      </h1>
      <p className="change-sides">
        {plural(trend.traces, 'trace')} in {count(groups.length)} {attributeWords(trend.by)}
        {first !== null && last !== null && (
          <>
            {' '}
            from {axis.when(first)} to {axis.when(last)}, UTC
          </>
        )}
        {trend.without > 0 && (
          <span className="dim">; {plural(trend.without, 'trace')} without a time left out</span>
        )}
        .
      </p>
      <NoRates reason={noRates} />
      {groups.length === 0 ? (
        <Empty title="No trace has a time" />
      ) : (
        <div className="stack">
          {noRates === null && (
            <Card
              title="All failures"
              aside={`per 1,000 traces, 0 to ${twoDigits(highest.end)}`}
              className="time-card"
            >
              <div className="time-row" data-first="">
                <TimeChart
                  points={axis.points(groups)}
                  levels={axis.levels(failing.segments)}
                  marks={axis.marks(failing.changePoints)}
                  range={[0, highest.end]}
                  label={`Failures per 1,000 traces by ${trend.by}`}
                  size="large"
                />
                <span className="time-said">
                  <Moved
                    changes={failing.changePoints}
                    level={levelOf(failing.segments[0]?.ratePerThousand ?? null)}
                    figure={twoDigits}
                    when={axis.when}
                  />
                </span>
                <TimeTicks axis={axis} releases={releases} />
              </div>
            </Card>
          )}
          {causes.length > 0 && (
            <Card
              title="Causes"
              aside="each on its own scale; what moved comes first"
              className="time-card"
            >
              {moved.slice(0, all ? undefined : SHOWN).map((cause) => (
                <CauseRow key={cause.id} cause={cause} axis={axis} />
              ))}
              <TimeLegend />
              {causes.length > SHOWN && (
                <p className="actions">
                  <Button pressed={all} onPress={() => setAll(!all)}>
                    {all ? 'Show fewer' : `Show ${count(causes.length - SHOWN)} more`}
                  </Button>
                </p>
              )}
            </Card>
          )}
          <TimeScores trend={trend} axis={axis} />
          <Remarks remarks={trend.remarks} />
        </div>
      )}
    </>
  );
}

const hasMoved = ({ changePoints }: TrendCause): boolean => (changePoints?.length ?? 0) > 0;

function CauseRow(props: { readonly cause: TrendCause; readonly axis: TimeAxis }): ReactNode {
  const { cause, axis } = props;
  const { end } = scaleTo(highestOf(cause.cells));
  return (
    <div className="time-row" data-quiet={!cause.isNamed || undefined}>
      <h3>
        <Coded text={cause.title} />
        <small>
          {plural(Math.round(cause.failures), 'failure')}; 0 to {twoDigits(end)}
        </small>
      </h3>
      <TimeChart
        points={axis.points(cause.cells)}
        levels={axis.levels(cause.segments)}
        marks={axis.marks(cause.changePoints)}
        range={[0, end]}
        label={`${cause.title.replaceAll('`', '')}: failures per 1,000 traces over time`}
      />
      <span className="time-said">
        <Moved
          changes={cause.changePoints}
          level={levelOf(cause.segments[0]?.ratePerThousand ?? null)}
          figure={twoDigits}
          when={axis.when}
        />
      </span>
    </div>
  );
}
