import type { ReactNode } from 'react';
import { count, percent } from '../../../text/format.ts';
import type { TimeAxis } from '../../change/model/time-axis.ts';
import { TimeTicks } from '../../change/views/trend/TimeLegend.tsx';
import { Card } from '../../parts/Card.tsx';
import { colorVariable } from '../../parts/color-variable.ts';
import type { Versions } from './versions-queries.ts';

const WIDTH = 1000;
const HEIGHT = 100;
/** Versions with a color of their own: the last ones. */
const COLORED = 10;

/** Which share of the traffic each version had, day by day or hour by hour, with what went live. */
export function TrafficChart(props: {
  readonly data: Versions;
  readonly axis: TimeAxis;
}): ReactNode {
  const { data, axis } = props;
  const { versions, others, starts, releases, unit } = data;
  const parts = [
    { name: 'other traffic', counts: others, color: 'var(--noise)' },
    ...versions.map(({ value, traffic }, at) => ({
      ...{ name: value, counts: traffic },
      color:
        versions.length - at > COLORED ? 'var(--noise)' : colorVariable(versions.length - 1 - at),
    })),
  ].filter(({ counts }) => counts.some((traces) => traces > 0));
  const totals = starts.map((_, at) =>
    parts.reduce((sum, { counts }) => sum + (counts[at] ?? 0), 0),
  );
  const step = WIDTH / Math.max(1, starts.length);
  const share = (counts: readonly number[], at: number): number =>
    totals[at] ? (counts[at] ?? 0) / totals[at] : 0;
  const below = (part: number, at: number): number =>
    parts.slice(0, part).reduce((sum, { counts }) => sum + share(counts, at), 0);
  const last = totals.findLastIndex((total) => total > 0);
  return (
    <Card
      title="Traffic"
      aside={`share of each version by ${unit}, 0 to 100%`}
      className="change time-card"
    >
      <div className="time-chart" data-size="large">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`Share of the traffic, on ${axis.when(starts[last] ?? 0)}: ${parts
            .map(({ name, counts }) => `${name} ${percent(share(counts, last))}`)
            .join(', ')}`}
        >
          {parts.map(({ name, counts, color }, part) =>
            counts.map((traces, at) =>
              traces <= 0 ? null : (
                <rect
                  key={`${name} ${starts[at]}`}
                  x={at * step + step * 0.06}
                  width={step * 0.88}
                  y={HEIGHT * (1 - below(part, at) - share(counts, at))}
                  height={HEIGHT * share(counts, at)}
                  style={{ fill: color }}
                >
                  <title>
                    {`${name}, ${axis.when(starts[at] ?? 0)}: ${percent(share(counts, at))} of ${count(Math.round(totals[at] ?? 0))} traces`}
                  </title>
                </rect>
              ),
            ),
          )}
          {axis.marks(null).map(({ at, name }) => (
            <line
              key={`${name} ${at}`}
              className="time-mark"
              data-kind="release"
              x1={WIDTH * at}
              x2={WIDTH * at}
              y1="0"
              y2={HEIGHT}
            >
              <title>{name}</title>
            </line>
          ))}
        </svg>
      </div>
      <TimeTicks axis={axis} releases={releases} />
      <p className="time-key">
        {parts.map(({ name, color }) => (
          <span key={name}>
            <span className="version-key" style={{ background: color }} aria-hidden="true" />{' '}
            <span dir="auto">{name}</span>
          </span>
        ))}
        <span>
          <span className="key-mark" data-kind="release" /> went live
        </span>
      </p>
    </Card>
  );
}
