import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { goTo } from '../hooks/use-address.ts';
import { drawList } from '../map/draw-list.ts';
import { createMapController, type MapController } from '../map/map-controller.ts';
import type { Viewport } from '../map/viewport.ts';
import { clusterColor, GROUND, type Scheme } from '../model/palette.ts';
import type { ReportModel } from '../model/report-model.ts';
import { Empty } from '../parts/Empty.tsx';
import { MapBadges } from './MapBadges.tsx';
import { MapLegend } from './MapLegend.tsx';
import { MapTools } from './MapTools.tsx';
import { type Hover, MapTooltip } from './MapTooltip.tsx';

const PAN_KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
};

/** The map of all failures; nearby failures are similar. The lists show the same information. */
export function MapPanel(props: {
  readonly model: ReportModel;
  readonly scheme: Scheme;
  readonly emphasis: Uint8Array;
  readonly open: number | null;
  readonly lasso: boolean;
  readonly onLassoMode: (on: boolean) => void;
  readonly onSelect: (failures: readonly number[]) => void;
  readonly onPeek: (cluster: number | null) => void;
  readonly controller: RefObject<MapController | null>;
  readonly host: RefObject<HTMLDivElement | null>;
}): ReactNode {
  const { model, scheme, emphasis, open, lasso, onLassoMode, onSelect, onPeek } = props;
  const { controller, host } = props;
  // Positions are the same at every level, so the view does not move when the level changes.
  const { positions } = model;
  const path = useRef<SVGPolygonElement>(null);
  const follow = useRef<((view: Viewport) => void) | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [drawn, setDrawn] = useState<'webgl' | 'canvas' | 'nothing'>('webgl');

  const latest = useRef({ model, onSelect });
  useEffect(() => {
    latest.current = { model, onSelect };
  });

  useEffect(() => {
    if (host.current === null) return;
    const map = createMapController(host.current, positions, {
      onHover: (point, x, y) => setHover(point < 0 ? null : { point, x, y }),
      onPick: (point) => {
        const { failures, address } = latest.current.model;
        const id = failures[point]?.traceId;
        if (id !== undefined) goTo(address({ kind: 'trace', id }));
      },
      onLasso: (points) => latest.current.onSelect(points),
      onLassoPath: (points) => path.current?.setAttribute('points', points.join(' ')),
      onFrame: (view) => follow.current?.(view),
    });
    controller.current = map;
    setDrawn(map?.kind ?? 'nothing');
    return () => {
      map?.destroy();
      controller.current = null;
    };
  }, [positions, controller, host]);

  const colors = useMemo(() => {
    const palette = [-1, ...model.clusters.keys()].map((i) => clusterColor(i, scheme));
    return { palette, ground: GROUND[scheme], ink: scheme === 'dark' ? '#ffffff' : '#14171c' };
  }, [model, scheme]);
  const colorOf = useMemo(
    () => Uint16Array.from(model.clusterOf, (cluster) => cluster + 1),
    [model],
  );
  useEffect(() => {
    const list = drawList(model.positions, emphasis);
    controller.current?.setScene({ positions: model.positions, colorOf, list, ...colors });
  }, [model, colorOf, colors, emphasis, controller]);
  useEffect(() => controller.current?.setLasso(lasso), [lasso, controller]);

  const press = (event: React.KeyboardEvent): void => {
    const by = PAN_KEYS[event.key];
    if (by !== undefined) controller.current?.panBy(by[0], by[1]);
    else if (event.key === '+' || event.key === '=') controller.current?.zoomBy(1.4);
    else if (event.key === '-') controller.current?.zoomBy(1 / 1.4);
    else if (event.key === '0') controller.current?.show();
    else return;
    event.preventDefault();
  };

  return (
    <section
      className="map-panel"
      aria-label="Map of failures"
      data-empty={model.placed === 0 || undefined}
    >
      <div
        ref={host}
        className="map"
        role="application"
        aria-label={`Map of ${model.placed} failures in ${model.clusters.length} clusters. Arrows move, plus and minus zoom, 0 shows all. The lists show the same failures.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows and zoom keys act on it
        tabIndex={0}
        data-lasso={lasso || undefined}
        data-drawn={drawn}
        onKeyDown={press}
      >
        <svg className="lasso-path" aria-hidden="true">
          <polygon ref={path} />
        </svg>
        <MapBadges model={model} open={open} follow={follow} onPeek={onPeek} />
        {model.placed === 0 && (
          <Empty title="Nothing to draw">No failure has a position on the map.</Empty>
        )}
        {model.placed > 0 && drawn === 'nothing' && (
          <Empty title="The map cannot be drawn here">
            This browser supports neither WebGL nor a 2-D canvas. The list shows the same failures.
          </Empty>
        )}
        {hover !== null && <MapTooltip model={model} hover={hover} host={host} />}
      </div>
      {model.placed > 0 && (
        <MapTools lasso={lasso} onLassoMode={onLassoMode} controller={controller} />
      )}
      <MapLegend model={model} open={open} onPeek={onPeek} />
    </section>
  );
}
