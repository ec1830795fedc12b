import type { ReactNode } from 'react';

/** Counts over time as bars from zero; dotted lines where something went live. Bars outside `scope` are pale. */
export function Sparkline(props: {
  readonly counts: readonly number[];
  readonly width: number;
  readonly height: number;
  /** What a screen reader says. */
  readonly label: string;
  /** Dotted lines: where they stand, as shares of the width. */
  readonly events?: readonly { readonly name: string; readonly place: number }[];
  /** First bar, and the one after the last, that count. */
  readonly scope?: readonly [number, number] | null;
}): ReactNode {
  const { counts, width, height, label, events = [], scope } = props;
  const step = width / Math.max(1, counts.length);
  const highest = Math.max(1e-9, ...counts);
  return (
    <svg
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <line className="chart-axis" x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
      {counts.map((count, i) => {
        const tall = (count / highest) * (height - 3);
        return count <= 0 ? null : (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={i}
            className="sparkline-bar"
            data-pale={(scope != null && (i < scope[0] || i >= scope[1])) || undefined}
            x={i * step + 0.5}
            y={height - tall}
            width={Math.max(1, step - 1.5)}
            height={tall}
          />
        );
      })}
      {events.map(({ name, place }) => (
        <line
          key={`${name} ${place}`}
          className="chart-event"
          x1={place * width}
          x2={place * width}
          y1="0"
          y2={height}
        >
          <title>{name}</title>
        </line>
      ))}
    </svg>
  );
}
