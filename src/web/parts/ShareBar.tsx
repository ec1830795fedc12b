import type { ReactNode } from 'react';
import type { Interval } from '../../contract/interval.ts';

/** A bar from 0 to 100%, with its 95% interval as a bracket. The figures stand beside it, so it is hidden from screen readers. */
export function ShareBar(props: {
  readonly share: number;
  readonly interval?: Interval | undefined;
  readonly soft?: boolean;
}): ReactNode {
  const { share, interval, soft } = props;
  return (
    <span className="bar" data-soft={soft || undefined} aria-hidden="true">
      <span className="bar-fill" style={{ width: position(share) }} />
      {interval !== undefined && (
        <span
          className="bar-interval"
          style={{
            left: position(interval[0]),
            width: position(Math.max(0, interval[1] - interval[0])),
          }}
        />
      )}
    </span>
  );
}

const position = (share: number): string =>
  `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
