import type { ReactNode } from 'react';
import type { Trend } from '../../../../contract/trend.ts';
import type { TimeAxis } from '../../model/time-axis.ts';

/** Days or hours below a chart, and what was released in them. */
export function TimeTicks(props: {
  readonly axis: TimeAxis;
  readonly releases: Trend['releases'];
}): ReactNode {
  const { axis, releases } = props;
  return (
    <div className="time-ticks">
      {axis.ticks.map(({ at, text }) => (
        <span key={at} style={{ left: `${100 * at}%` }}>
          {text}
        </span>
      ))}
      {releases.length > 0 && (
        <p className="time-releases">
          {releases.map(({ dimension, value, time }) => (
            <span key={`${dimension} ${value}`}>
              <b>{value}</b> since {axis.when(time)}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** What the lines of a chart over time mean. */
export const TimeLegend = (): ReactNode => (
  <p className="time-key">
    <span>
      <span className="key-line" /> rate, with its 95% interval
    </span>
    <span>
      <span className="key-line" data-kind="level" /> level between changes
    </span>
    <span>
      <span className="key-mark" data-kind="change" /> the level changed
    </span>
    <span>
      <span className="key-mark" data-kind="release" /> a version was first seen
    </span>
  </p>
);
