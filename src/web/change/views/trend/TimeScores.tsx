import type { ReactNode } from 'react';
import type { Interval } from '../../../../contract/interval.ts';
import type { Trend, TrendScore } from '../../../../contract/trend.ts';
import { plural, threeDigits } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import type { TimeAxis } from '../../model/time-axis.ts';
import { Moved } from './Moved.tsx';
import { TimeChart, type TimePoint } from './TimeChart.tsx';

/** Means of every score over time, and their rolling means as the thick line. */
export function TimeScores(props: {
  readonly trend: Pick<Trend, 'scores' | 'rolling'> & { readonly groups: readonly unknown[] };
  readonly axis: TimeAxis;
}): ReactNode {
  const { trend, axis } = props;
  if (trend.scores.length === 0) return null;
  return (
    <Card
      title="Scores"
      aside={`means${trend.rolling === null ? '' : `; thick: rolling means of ${trend.rolling}`}`}
      className="time-card"
    >
      {trend.scores.map((score) => (
        <ScoreRow key={score.name} score={score} axis={axis} groups={trend.groups.length} />
      ))}
    </Card>
  );
}

function ScoreRow(props: {
  readonly score: TrendScore;
  readonly axis: TimeAxis;
  readonly groups: number;
}): ReactNode {
  const { score, axis, groups } = props;
  const points = score.cells.map(
    ({ mean, interval }, at): TimePoint => ({
      at: (at + 0.5) / groups,
      value: mean,
      interval,
    }),
  );
  const range = rangeOf(points);
  return (
    <div className="time-row">
      <h3>
        <code>{score.name}</code>
        <small>
          {plural(
            score.cells.reduce((sum, { traces }) => sum + traces, 0),
            'trace',
          )}
          ; {threeDigits(range[0])} to {threeDigits(range[1])}
          {score.good !== null && `; ${score.good} is good`}
        </small>
      </h3>
      <TimeChart
        points={points}
        levels={[]}
        thick={rollingOf(score)}
        marks={axis.marks(score.changePoints)}
        range={range}
        label={`${score.name}: mean over time`}
      />
      <span className="time-said">
        <Moved changes={score.changePoints} level={null} figure={threeDigits} when={axis.when} />
      </span>
    </div>
  );
}

/** The rolling means, each at the group with which it ends. */
const rollingOf = ({ rolling }: TrendScore): readonly TimePoint[] =>
  rolling.map(({ mean }, at) => ({ at: (at + 0.5) / rolling.length, value: mean, interval: null }));

/** Of the means; intervals may reach beyond it. */
export function rangeOf(points: readonly TimePoint[]): Interval {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.25;
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}
