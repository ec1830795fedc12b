import type { ReactNode } from 'react';

/** A share of failing traces (filled) and one of passing traces (hollow) on an axis from 0 to 100%. */
export function TwoDots(props: { readonly failing: number; readonly passing: number }): ReactNode {
  return (
    <span className="two-dots" aria-hidden="true">
      <span className="dot-pass" style={{ left: `${100 * props.passing}%` }} />
      <span className="dot-fail" style={{ left: `${100 * props.failing}%` }} />
    </span>
  );
}
