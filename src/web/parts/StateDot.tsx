import type { ReactNode } from 'react';

/** How full the circle of each state is, in eighths. */
const FILLED: Readonly<Record<string, number>> = {
  new: 0,
  confirmed: 2,
  fixing: 4,
  fixed: 8,
  regressed: 8,
  muted: 0,
};

/** A circle that fills as a cause comes nearer to being fixed. Its name stands beside it. */
export function StateDot(props: { readonly state: string }): ReactNode {
  const { state } = props;
  const filled = FILLED[state] ?? 0;
  const angle = (filled / 8) * 2 * Math.PI;
  const [x, y] = [6 + 4 * Math.sin(angle), 6 - 4 * Math.cos(angle)];
  return (
    <svg className="state-dot" data-state={state} viewBox="0 0 12 12" aria-hidden="true">
      <circle className="state-dot-ring" cx="6" cy="6" r="4" />
      {filled === 8 ? (
        <circle className="state-dot-fill" cx="6" cy="6" r="4" />
      ) : (
        filled > 0 && (
          <path
            className="state-dot-fill"
            d={`M6 6V2A4 4 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)}Z`}
          />
        )
      )}
      {state === 'muted' && <path className="state-dot-ring" d="M3.200 8.800 8.800 3.200" />}
    </svg>
  );
}

/** `new` → `New`. */
export const stateName = (state: string): string =>
  `${state.slice(0, 1).toUpperCase()}${state.slice(1)}`;
