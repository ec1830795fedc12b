import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import { clusterCentres, freePlaces } from '../map/centres.ts';
import { screenX, screenY, type Viewport } from '../map/viewport.ts';
import type { ReportModel } from '../model/report-model.ts';
import { clusterHash } from '../model/route.ts';
import { colourVariable } from '../parts/colour-variable.ts';

const SHOWN = 40;
const BADGE = 18;
const LABEL_WIDTH = 160;
const LABEL_HEIGHT = 64;

/** Ranks written on the map, so that colour is never the only sign. They move with the canvas, without React. */
export function MapBadges(props: {
  readonly model: ReportModel;
  readonly open: number | null;
  readonly follow: RefObject<((view: Viewport) => void) | null>;
  readonly onPeek: (cluster: number | null) => void;
}): ReactNode {
  const { model, open, follow, onPeek } = props;
  const list = useRef<HTMLUListElement>(null);
  const centres = useMemo(
    () => clusterCentres(model.positions, model.members.slice(0, SHOWN)),
    [model],
  );
  useEffect(() => {
    follow.current = (view) => {
      const items = list.current?.children;
      if (items === undefined) return;
      const places = centres.map((centre) =>
        centre === null
          ? null
          : {
              x: screenX(view, centre.x),
              y: screenY(view, centre.y),
              reach: (centre.y - centre.low) * view.scale,
            },
      );
      const free = freePlaces(places, open, BADGE, BADGE);
      const roomy = freePlaces(places, open, LABEL_WIDTH, LABEL_HEIGHT);
      places.forEach((place, i) => {
        const item = items[i];
        if (!(item instanceof HTMLElement)) return;
        const visible = place !== null && free[i] === true;
        item.style.visibility = visible ? 'visible' : 'hidden';
        item.toggleAttribute('data-roomy', roomy[i] === true);
        if (!visible) return;
        item.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px)`;
        item.style.setProperty('--reach', `${Math.min(90, Math.max(0, place.reach)).toFixed(1)}px`);
      });
    };
  }, [centres, follow, open]);
  return (
    <ul className="badges" ref={list} aria-hidden="true">
      {model.clusters.slice(0, SHOWN).map((cluster, i) => (
        <li key={cluster.id}>
          <a
            href={clusterHash(cluster.id)}
            tabIndex={-1}
            draggable={false}
            style={{ '--colour': colourVariable(i) }}
            data-dim={(open !== null && open !== i) || undefined}
            onMouseEnter={() => onPeek(i)}
            onMouseLeave={() => onPeek(null)}
          >
            <span>{i + 1}</span>
            <span className="badge-label">{cluster.label}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
