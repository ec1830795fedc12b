import type { ReactNode } from 'react';
import type { Interval } from '../../contract/interval.ts';

/** A rate with its interval (filled) and the rate before (hollow) on an axis from 0 to 100%. The figures stand beside it. */
export function RateLine(props: {
  readonly rate: number;
  readonly interval: Interval;
  readonly before: number | null;
}): ReactNode {
  const { rate, interval, before } = props;
  return (
    <span className="rate-line" aria-hidden="true">
      {before !== null && (
        <span
          className="rate-line-change"
          style={{
            left: place(Math.min(before, rate)),
            width: place(Math.abs(rate - before)),
          }}
        />
      )}
      <span
        className="rate-line-interval"
        style={{ left: place(interval[0]), width: place(interval[1] - interval[0]) }}
      />
      {before !== null && <span className="rate-line-before" style={{ left: place(before) }} />}
      <span className="rate-line-rate" style={{ left: place(rate) }} />
    </span>
  );
}

const place = (share: number): string => `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
