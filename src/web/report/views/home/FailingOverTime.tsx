import { type ReactNode, useState } from 'react';
import { count, percent } from '../../../../text/format.ts';
import { day } from '../../../../text/moments.ts';
import { useMarks } from '../../hooks/went-live.ts';
import { bucketCounts, bucketsIn } from '../../model/facets.ts';
import { releaseAt } from '../../model/release.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { Scope } from '../../model/scope.ts';
import { hasTimes } from '../../model/trend.ts';

const WIDTH = 372;
const LEFT = 32;
const TOP = 20;
const BOTTOM = 104;
const HEIGHT = 120;

/** The share of traces that fail over time. Dragging over the bars chooses a time, a click on one of them too. */
export function FailingOverTime(props: {
  readonly model: ReportModel;
  readonly scope: Scope;
  readonly onScope: (scope: Scope) => void;
}): ReactNode {
  const { model, scope, onScope } = props;
  const { buckets } = model.analysis.traffic;
  const marks = useMarks(model);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  if (buckets === null || !hasTimes(model) || model.analysis.options.all) return null;
  const { traces, failed } = bucketCounts(model, scope);
  const shares = traces.map((all, i) => (all > 0 ? (failed[i] ?? 0) / all : 0));
  const end = niceEnd(Math.max(0.01, ...shares));
  const step = (WIDTH - LEFT) / shares.length;
  const y = (share: number): number => BOTTOM - (share / end) * (BOTTOM - TOP);
  const chosen = drag === null ? bucketsIn(model, scope) : ordered(drag);
  const release = releaseAt(model);
  const at = (event: React.PointerEvent<SVGElement>): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH - LEFT;
    return Math.min(shares.length - 1, Math.max(0, Math.floor(x / step)));
  };
  const choose = ([from, to]: readonly [number, number]): void =>
    onScope({
      ...scope,
      from: from === 0 ? null : buckets.start + from * buckets.width,
      to: to === shares.length ? null : buckets.start + to * buckets.width,
    });
  const last = buckets.start + buckets.width * shares.length;
  const perBar = Math.round(traces.reduce((sum, n) => sum + n, 0) / shares.length);
  return (
    <figure className="failing">
      <figcaption>
        <span>Traces that fail</span>
        <span>about {count(perBar)} traces a bar</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`Share of traces that fail from ${day(buckets.start)} to ${day(last)}: ${shares.map((share) => percent(share)).join(', ')}`}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([at(event), at(event)]);
        }}
        onPointerMove={(event) => {
          if (drag !== null) setDrag([drag[0], at(event)]);
        }}
        onPointerUp={() => {
          if (drag !== null) choose(ordered(drag));
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {[0, end / 2, end].map((share) => (
          <g key={share}>
            <line
              className={share === 0 ? 'chart-axis' : 'chart-grid'}
              x1={LEFT}
              x2={WIDTH}
              y1={y(share)}
              y2={y(share)}
            />
            <text className="chart-text" x={LEFT - 5} y={y(share) + 3.5} textAnchor="end">
              {percent(share)}
            </text>
          </g>
        ))}
        {shares.map((share, i) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time
            key={i}
            className="chart-bar"
            data-pale={isPale(i, chosen, release?.bucket ?? null) || undefined}
            x={LEFT + i * step + 1}
            y={y(share)}
            width={Math.max(1, step - 3)}
            height={BOTTOM - y(share)}
          >
            <title>
              {`${day(buckets.start + i * buckets.width)}: ${percent(share)} of ${count(Math.round(traces[i] ?? 0))} traces`}
            </title>
          </rect>
        ))}
        {marks
          .filter(({ name }) => name !== release?.version)
          .map(({ name, place }) => (
            <line
              key={`${name} ${place}`}
              className="chart-event"
              x1={LEFT + place * (WIDTH - LEFT)}
              x2={LEFT + place * (WIDTH - LEFT)}
              y1={TOP}
              y2={BOTTOM}
            >
              <title>{name}</title>
            </line>
          ))}
        {release !== null && (
          <>
            <line
              className="chart-event"
              x1={LEFT + release.place * (WIDTH - LEFT)}
              x2={LEFT + release.place * (WIDTH - LEFT)}
              y1="4"
              y2={BOTTOM}
            />
            <text
              className="chart-text"
              data-new=""
              x={LEFT + release.place * (WIDTH - LEFT) + (release.place < 0.6 ? 5 : -5)}
              y="12"
              textAnchor={release.place < 0.6 ? 'start' : 'end'}
            >
              {release.version.slice(0, 24)} from {day(release.time)}
            </text>
          </>
        )}
        <text className="chart-text" x={LEFT} y={HEIGHT - 3}>
          {day(buckets.start)}
        </text>
        <text className="chart-text" x={WIDTH} y={HEIGHT - 3} textAnchor="end">
          {day(last)}
        </text>
      </svg>
    </figure>
  );
}

const ordered = ([a, b]: readonly [number, number]): readonly [number, number] => [
  Math.min(a, b),
  Math.max(a, b) + 1,
];

/** Pale: outside of the chosen time or, when none is chosen, before the last release. */
function isPale(
  bar: number,
  chosen: readonly [number, number] | null,
  release: number | null,
): boolean {
  if (chosen !== null) return bar < chosen[0] || bar >= chosen[1];
  return release !== null && bar < release;
}

/** The end of the axis: a round share at or above the highest. */
function niceEnd(highest: number): number {
  return [0.01, 0.02, 0.04, 0.1, 0.2, 0.4, 0.6, 0.8, 1].find((end) => end >= highest) ?? 1;
}
