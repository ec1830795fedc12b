import type { ReactNode } from 'react';
import type { Interval } from '../../contract/interval.ts';

/** A value and its interval on an axis from 0 to `end`; the figures stand beside it. */
export function IntervalDot(props: {
  readonly value: number;
  readonly interval: Interval;
  readonly end: number;
}): ReactNode {
  const { value, interval, end } = props;
  const at = (place: number): string =>
    `${(100 * Math.min(1, Math.max(0, place / end))).toFixed(2)}%`;
  return (
    <span className="interval-dot" aria-hidden="true">
      <span
        className="interval-dot-line"
        style={{ left: at(interval[0]), width: at(interval[1] - interval[0]) }}
      />
      <span className="interval-dot-point" style={{ left: at(value) }} />
    </span>
  );
}
