import { type ReactNode, useMemo } from 'react';
import { plural, twoDigits } from '../../../text/format.ts';
import { scaleTo } from '../../change/model/scale.ts';
import { highestOf, levelOf, timeAxis } from '../../change/model/time-axis.ts';
import { Moved } from '../../change/views/trend/Moved.tsx';
import { TimeChart } from '../../change/views/trend/TimeChart.tsx';
import { TimeLegend, TimeTicks } from '../../change/views/trend/TimeLegend.tsx';
import { Card } from '../../parts/Card.tsx';
import type { Words } from '../../report/model/words.ts';
import { ByValue } from '../../report/views/cause/ByValue.tsx';
import { type CauseOccurrence, useOccurrence } from './cause-queries.ts';
import '../../change/views/trend/trend.css';

/** Where a cause occurs, counted in all stored traces as people have decided: by version, by tenant and by day. */
export function Occurrence(props: {
  readonly id: string;
  readonly words: Words;
  /** Until it is counted. */
  readonly before: ReactNode;
}): ReactNode {
  const { id, words, before } = props;
  const { data } = useOccurrence(id);
  if (data === undefined) return before;
  return (
    <>
      {data.breakdowns.map((breakdown) => (
        <ByValue key={breakdown.dimension} breakdown={breakdown} words={words} />
      ))}
      {data.trend.days.length > 1 && <ByDay occurrence={data} />}
    </>
  );
}

function ByDay(props: { readonly occurrence: CauseOccurrence }): ReactNode {
  const { failures, traces, trend } = props.occurrence;
  const { days, releases, segments, changePoints } = trend;
  const axis = useMemo(
    () => timeAxis({ groups: days.map(({ start }) => ({ name: '', start })), releases, by: 'day' }),
    [days, releases],
  );
  const { end } = scaleTo(highestOf(days));
  return (
    <Card
      title="By day"
      aside={`failures per 1,000 traces, 0 to ${twoDigits(end)}`}
      className="change time-card by-day"
    >
      <div className="time-row" data-first="">
        <TimeChart
          points={axis.points(days)}
          levels={axis.levels(segments)}
          marks={axis.marks(changePoints)}
          range={[0, end]}
          label={`Failures per 1,000 traces by day, from ${axis.when(days[0]?.start ?? 0)} to ${axis.when(days.at(-1)?.start ?? 0)}`}
          size="large"
        />
        <span className="time-said">
          <Moved
            changes={changePoints}
            level={levelOf(segments[0]?.ratePerThousand ?? null)}
            figure={twoDigits}
            when={axis.when}
          />
          <span className="dim">
            {plural(failures, 'failure')} in {plural(traces, 'trace')}
          </span>
        </span>
        <TimeTicks axis={axis} releases={releases} />
      </div>
      <TimeLegend />
    </Card>
  );
}
