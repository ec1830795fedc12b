import type { ReactNode } from 'react';
import type { Interval } from '../../../contract/interval.ts';
import { percent, percentRange } from '../../../text/format.ts';

/** A bar for a share and a whisker for its 95% interval, on a scale from 0 to `scale`. */
export function ShareBar(props: {
  readonly share: number;
  readonly interval: Interval;
  readonly scale: number;
}): ReactNode {
  const { share, interval, scale } = props;
  const at = (value: number): string =>
    `${(100 * Math.min(1, Math.max(0, value / scale))).toFixed(2)}%`;
  const [low, high] = [at(interval[0]), at(interval[1])];
  return (
    <svg
      className="share-bar"
      role="img"
      aria-label={`${percent(share)} of failures, 95% interval ${percentRange(interval)}`}
    >
      <rect className="share-track" x="0" y="4" width="100%" height="6" rx="2" />
      <rect className="share-fill" x="0" y="4" width={at(share)} height="6" rx="2" />
      <line className="share-whisker" x1={low} x2={high} y1="7" y2="7" />
      <line className="share-whisker" x1={low} x2={low} y1="3" y2="11" />
      <line className="share-whisker" x1={high} x2={high} y1="3" y2="11" />
    </svg>
  );
}
