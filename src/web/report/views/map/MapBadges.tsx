import { type ReactNode, type RefObject, useEffect, useMemo, useRef } from 'react';
import { Coded } from '../../../parts/Coded.tsx';
import { colorVariable } from '../../../parts/color-variable.ts';
import { useLink } from '../../hooks/links.ts';
import { type Box, type Center, clusterCenters, freeBoxes, type Place } from '../../map/centers.ts';
import { screenX, screenY, type Viewport } from '../../map/viewport.ts';
import type { ReportModel } from '../../model/report-model.ts';

const SHOWN = 40;
const BADGE = 20;
const LABEL_WIDTH = 150;
const LABEL_HEIGHT = 44;

/** Ranks on the map, so that color is never the only cue. They move with the canvas, outside React. */
export function MapBadges(props: {
  readonly model: ReportModel;
  readonly open: number | null;
  readonly follow: RefObject<((view: Viewport) => void) | null>;
  readonly onPeek: (cluster: number | null) => void;
}): ReactNode {
  const { model, open, follow, onPeek } = props;
  const link = useLink();
  const list = useRef<HTMLUListElement>(null);
  const centers = useMemo(
    () => clusterCenters(model.positions, model.members.slice(0, SHOWN)),
    [model],
  );
  useEffect(() => {
    follow.current = (view) => {
      const items = list.current?.children;
      if (items === undefined) return;
      const places = centers.map((center) => (center === null ? null : placeOf(view, center)));
      const badges = places.map((place) => place && around(place, BADGE, -BADGE / 2, BADGE / 2));
      const free = freeBoxes(badges, [], open);
      const seen = badges.filter((_, i) => free[i]);
      const withLabel = freeBoxes(
        places.map((place, i) => (free[i] === true && place ? labelBox(view, place) : null)),
        seen,
        open,
      );
      places.forEach((place, i) => {
        const item = items[i];
        if (!(item instanceof HTMLElement)) return;
        const visible = place !== null && free[i] === true;
        item.style.visibility = visible ? 'visible' : 'hidden';
        item.toggleAttribute('data-labeled', withLabel[i] === true);
        if (!visible) return;
        item.style.transform = `translate(${place.x.toFixed(1)}px, ${place.y.toFixed(1)}px)`;
        item.style.setProperty('--reach', `${place.reach.toFixed(1)}px`);
      });
    };
  }, [centers, follow, open]);
  return (
    <ul className="badges" ref={list} aria-hidden="true">
      {model.clusters.slice(0, SHOWN).map((cluster, i) => (
        <li key={cluster.id}>
          <a
            href={link({ kind: 'cluster', id: cluster.id })}
            tabIndex={-1}
            draggable={false}
            style={{ '--color': colorVariable(i) }}
            data-dim={(open !== null && open !== i) || undefined}
            onMouseEnter={() => onPeek(i)}
            onMouseLeave={() => onPeek(null)}
          >
            <span>{i + 1}</span>
            <span className="badge-label">
              <Coded text={cluster.title} />
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

interface OnScreen extends Place {
  /** Pixels from the badge to the label below the cluster. */
  readonly reach: number;
}

function placeOf(view: Viewport, center: Center): OnScreen {
  const reach = (center.y - center.low) * view.scale;
  return {
    x: screenX(view, center.x),
    y: screenY(view, center.y),
    reach: Math.min(160, Math.max(0, reach)),
  };
}

function around({ x, y }: Place, width: number, top: number, bottom: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y + top, bottom: y + bottom };
}

/** Null if the edge of the map would cut it off. */
function labelBox(view: Viewport, place: OnScreen): Box | null {
  const top = BADGE / 2 + 1 + place.reach;
  const box = around(place, LABEL_WIDTH, top, top + LABEL_HEIGHT);
  const inside =
    box.left >= -10 && box.right <= view.width + 10 && box.top >= 0 && box.bottom <= view.height;
  return inside ? box : null;
}
