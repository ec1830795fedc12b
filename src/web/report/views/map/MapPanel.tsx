import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Empty } from '../../../parts/Empty.tsx';
import { GROUND, type Scheme } from '../../../parts/palette.ts';
import { useGo, useLink } from '../../hooks/links.ts';
import { drawList } from '../../map/draw-list.ts';
import { createMapController, type MapController } from '../../map/map-controller.ts';
import type { Viewport } from '../../map/viewport.ts';
import type { MapColors } from '../../model/map-colors.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { MapBadges } from './MapBadges.tsx';
import { MapTools } from './MapTools.tsx';
import { type Hover, MapTooltip } from './MapTooltip.tsx';

/** The map of all failures; near failures are alike. The lists show the same. */
export function MapPanel(props: {
  readonly model: ReportModel;
  readonly scheme: Scheme;
  readonly colors: MapColors;
  readonly emphasis: Uint8Array;
  /** Whether numbers and titles stand on the map. */
  readonly badges: boolean;
  readonly open: number | null;
  readonly lasso: boolean;
  readonly onLassoMode: (on: boolean) => void;
  /** A drawn area: x, y, x, y, … in map units. */
  readonly onChoose: (path: readonly number[]) => void;
  readonly onPeek: (cluster: number | null) => void;
  readonly controller: RefObject<MapController | null>;
  readonly host: RefObject<HTMLElement | null>;
}): ReactNode {
  const { model, scheme, colors, emphasis, badges, open, lasso, onLassoMode, onChoose, onPeek } =
    props;
  const { controller, host } = props;
  const link = useLink();
  const go = useGo();
  // Positions are the same at every level, so the view does not move when the level changes.
  const { positions } = model;
  const pickable = model.failures.length;
  const path = useRef<SVGPolygonElement>(null);
  const follow = useRef<((view: Viewport) => void) | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [drawn, setDrawn] = useState<'webgl' | 'canvas' | 'nothing'>('webgl');

  const latest = useRef({ model, onChoose, link, go });
  useEffect(() => {
    latest.current = { model, onChoose, link, go };
  });

  useEffect(() => {
    if (host.current === null) return;
    const map = createMapController(host.current, positions, pickable, {
      onHover: (point, x, y) => setHover(point < 0 ? null : { point, x, y }),
      onPick: (point) => {
        const id = latest.current.model.failures[point]?.traceId;
        if (id !== undefined) latest.current.go(latest.current.link({ kind: 'trace', id }));
      },
      onLasso: (drawn) => latest.current.onChoose(drawn),
      onLassoPath: (points) => path.current?.setAttribute('points', points.join(' ')),
      onFrame: (view) => follow.current?.(view),
    });
    controller.current = map;
    setDrawn(map?.kind ?? 'nothing');
    return () => {
      map?.destroy();
      controller.current = null;
    };
  }, [positions, pickable, controller, host]);

  useEffect(() => {
    const list = drawList(positions, emphasis);
    controller.current?.setScene({
      positions,
      colorOf: colors.colorOf,
      list,
      palette: colors.entries.map(({ color }) => color),
      ground: GROUND[scheme],
      ink: scheme === 'dark' ? '#ffffff' : '#14171c',
    });
  }, [positions, colors, scheme, emphasis, controller]);
  useEffect(() => controller.current?.setLasso(lasso), [lasso, controller]);

  return (
    <section
      className="map-panel"
      aria-label="Map of failures"
      data-empty={model.placed === 0 || undefined}
    >
      <figure
        ref={host}
        className="map"
        aria-label={`Map of ${model.placed} failures in ${model.clusters.length} clusters. The list of traces shows the same failures.`}
        data-lasso={lasso || undefined}
        data-drawn={drawn}
      >
        <svg className="lasso-path" aria-hidden="true">
          <polygon ref={path} />
        </svg>
        {badges && <MapBadges model={model} open={open} follow={follow} onPeek={onPeek} />}
        {model.placed === 0 && (
          <Empty title="Nothing to draw">No failure has a position on the map.</Empty>
        )}
        {model.placed > 0 && drawn === 'nothing' && (
          <Empty title="The map cannot be drawn here">
            This browser supports neither WebGL nor a 2-D canvas. The list shows the same failures.
          </Empty>
        )}
        {hover !== null && <MapTooltip model={model} hover={hover} host={host} />}
      </figure>
      {model.placed > 0 && (
        <MapTools lasso={lasso} onLassoMode={onLassoMode} controller={controller} />
      )}
    </section>
  );
}
