import type { ReactNode } from 'react';
import type { Interval } from '../../../../contract/interval.ts';

/** Positions are shares of the width, 0 to 1. */
export interface TimePoint {
  readonly at: number;
  readonly value: number | null;
  readonly interval: Interval | null;
}

export interface TimeLevel {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

export interface TimeMark {
  readonly at: number;
  readonly kind: 'change' | 'release';
  readonly name: string;
}

const HEIGHT = 100;
const WIDTH = 1000;

/**
 * Values over time as a line with their intervals as a band, the levels between change points as steps, and dotted lines
 * where something was released. Figures stand beside it.
 */
export function TimeChart(props: {
  readonly points: readonly TimePoint[];
  readonly levels: readonly TimeLevel[];
  /** A second line, thicker and without intervals. */
  readonly thick?: readonly TimePoint[];
  readonly marks: readonly TimeMark[];
  readonly range: Interval;
  readonly label: string;
  readonly size?: 'large';
}): ReactNode {
  const { points, levels, thick = [], marks, range, label, size } = props;
  const x = (at: number): string => (WIDTH * at).toFixed(1);
  const y = (value: number): string => {
    const share = (value - range[0]) / (range[1] - range[0] || 1);
    return (HEIGHT * (1 - Math.min(1, Math.max(0, share)))).toFixed(1);
  };
  const lineOf = (run: readonly Drawn[]): string =>
    run.map(({ at, value }, i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
  return (
    <div className="time-chart" data-size={size}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        <line className="chart-axis" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {runsOf(points).map((run) => (
          <g key={run[0]?.at}>
            <path className="time-band" d={bandOf(run, x, y)} />
            <path className="time-line" d={lineOf(run)} />
          </g>
        ))}
        {runsOf(thick).map((run) => (
          <path key={run[0]?.at} className="time-level" d={lineOf(run)} />
        ))}
        {levels.map(({ from, to, value }) => (
          <line
            key={from}
            className="time-level"
            x1={x(from)}
            x2={x(to)}
            y1={y(value)}
            y2={y(value)}
          />
        ))}
        {marks.map(({ at, kind, name }) => (
          <line
            key={`${kind} ${name} ${at}`}
            className="time-mark"
            data-kind={kind}
            x1={x(at)}
            x2={x(at)}
            y1="0"
            y2={HEIGHT}
          >
            <title>{name}</title>
          </line>
        ))}
      </svg>
    </div>
  );
}

type Drawn = TimePoint & { readonly value: number };

/** Stretches without a gap. */
function runsOf(points: readonly TimePoint[]): readonly (readonly Drawn[])[] {
  const runs: Drawn[][] = [];
  let run: Drawn[] = [];
  for (const { at, value, interval } of points) {
    if (value === null) {
      if (run.length > 0) runs.push(run);
      run = [];
    } else run.push({ at, value, interval });
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

function bandOf(
  run: readonly Drawn[],
  x: (at: number) => string,
  y: (value: number) => string,
): string {
  const top = run.map(({ at, value, interval }) => `${x(at)} ${y(interval?.[1] ?? value)}`);
  const bottom = run
    .toReversed()
    .map(({ at, value, interval }) => `${x(at)} ${y(interval?.[0] ?? value)}`);
  return `M${[...top, ...bottom].join('L')}Z`;
}
