import { type ReactNode, useContext } from 'react';
import { plural } from '../../../text/format.ts';
import { exactMoment, moment } from '../../../text/moments.ts';
import { Deployed } from '../../report/hooks/went-live.ts';
import { useAsking } from '../client/asking.ts';
import { pathOf } from '../workspace/addresses.ts';
import { type Past, usePast, type WatcherSettings } from './use-watch.ts';
import { hasSeries, valueText } from './watched-text.ts';

const WIDTH = 880;
const HEIGHT = 120;
const LEFT = 64;
const BOTTOM = 18;

/** The last 30 days by the hour; incidents that there were, or would have been, are shaded. */
export function PastChart(props: { readonly settings: WatcherSettings }): ReactNode {
  const { settings } = props;
  const { project } = useAsking();
  const { data, error } = usePast(hasSeries(settings.of.kind) ? settings : null);
  if (settings.of.kind === 'versions')
    return (
      <p className="dim">
        Each new one is compared with the one before as soon as both have enough traces, once. What
        came of it stands on the page{' '}
        <a className="link" href={pathOf(project, '/versions')}>
          Versions
        </a>
        .
      </p>
    );
  if (settings.of.kind === 'sources')
    return (
      <p className="dim">
        It alerts when an application that used to send regularly falls silent, and again when it
        resumes. The page Sources has the rule.
      </p>
    );
  if (error !== null) return <p className="fail-text">{error.message}</p>;
  if (data === undefined)
    return (
      <p className="past-chart waiting" role="status">
        One moment.
      </p>
    );
  const { incidents } = data;
  return (
    <figure className="past-chart">
      <figcaption>
        {incidents.length === 0
          ? 'It would have sent no alert in the last 30 days.'
          : `It would have opened ${plural(incidents.length, 'incident')} within the last 30 days: ${incidents
              .slice(0, 5)
              .map(
                ({ start, value }) =>
                  `${exactMoment(Date.parse(start))}, ${valueText(settings.of.kind, value)}`,
              )
              .join('; ')}${incidents.length > 5 ? ' …' : '.'}`}
      </figcaption>
      <Line past={data} kind={settings.of.kind} />
    </figure>
  );
}

function Line(props: {
  readonly past: Past;
  readonly kind: WatcherSettings['of']['kind'];
}): ReactNode {
  const { past, kind } = props;
  const { hours, incidents } = past;
  const deploys = useContext(Deployed);
  const values = hours.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length === 0) return <p className="dim">Nothing was recorded on these days.</p>;
  const first = Date.parse(hours[0]?.at ?? '');
  const last = Date.parse(hours.at(-1)?.at ?? '') + 3_600_000;
  const [low, high] = rangeOf(values, kind);
  const x = (at: number): number =>
    LEFT + ((Math.min(last, Math.max(first, at)) - first) / (last - first)) * (WIDTH - LEFT);
  const y = (value: number): number =>
    4 + (1 - (value - low) / (high - low)) * (HEIGHT - BOTTOM - 8);
  return (
    <svg
      className="past-line"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`From ${valueText(kind, Math.min(...values))} to ${valueText(kind, Math.max(...values))} an hour`}
    >
      {incidents.map(({ start, ended }) => (
        <rect
          key={start}
          className="past-incident"
          x={x(Date.parse(start))}
          y="0"
          width={Math.max(2, x(ended === null ? last : Date.parse(ended)) - x(Date.parse(start)))}
          height={HEIGHT - BOTTOM}
        />
      ))}
      {deploys
        .filter(({ time }) => time > first && time < last)
        .map(({ name, time }) => (
          <line
            key={`${name} ${time}`}
            className="chart-event"
            x1={x(time)}
            x2={x(time)}
            y1="0"
            y2={HEIGHT - BOTTOM}
          >
            <title>{name}</title>
          </line>
        ))}
      {[low, high].map((value) => (
        <g key={value}>
          <line className="chart-axis" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} />
          <text className="past-label" x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {valueText(kind, value)}
          </text>
        </g>
      ))}
      {[first, (first + last) / 2, last].map((at, index) => (
        <text
          key={at}
          className="past-label"
          x={x(at)}
          y={HEIGHT - 4}
          textAnchor={(['start', 'middle', 'end'] as const)[index]}
        >
          {moment(at)}
        </text>
      ))}
      <path className="past-path" d={lineOf(hours, x, y)} />
    </svg>
  );
}

/** Shares and counts from zero; means from the least to the greatest. */
function rangeOf(
  values: readonly number[],
  kind: WatcherSettings['of']['kind'],
): readonly [number, number] {
  const isMean = kind === 'score' || kind === 'cost' || kind === 'latency';
  const low = isMean ? Math.min(...values) : 0;
  const high = Math.max(...values);
  return high > low ? [low, high] : [low, low + 1];
}

/** A line with gaps where there was nothing. */
function lineOf(
  hours: Past['hours'],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  let isDrawing = false;
  return hours
    .map(({ at, value }) => {
      if (value === null) {
        isDrawing = false;
        return '';
      }
      const step = isDrawing ? 'L' : 'M';
      isDrawing = true;
      return `${step}${x(Date.parse(at) + 1_800_000).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}
