import type { ReactNode, RefObject } from 'react';
import { Icon } from '../../../parts/Icon.tsx';
import type { MapController } from '../../map/map-controller.ts';

/** Lasso, zoom and fit. */
export function MapTools(props: {
  readonly lasso: boolean;
  readonly onLassoMode: (on: boolean) => void;
  readonly controller: RefObject<MapController | null>;
}): ReactNode {
  const { lasso, onLassoMode, controller } = props;
  return (
    <div className="map-tools" role="toolbar" aria-label="Map tools">
      <button
        type="button"
        className="icon-button"
        aria-pressed={lasso}
        aria-label="Lasso: draw around failures to list them"
        title="Lasso (l), or hold Shift and draw"
        onClick={() => onLassoMode(!lasso)}
      >
        <Icon name="lasso" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => controller.current?.zoomBy(1.5)}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Zoom out"
        title="Zoom out (-)"
        onClick={() => controller.current?.zoomBy(1 / 1.5)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Show all"
        title="Show all (0)"
        onClick={() => controller.current?.show()}
      >
        <Icon name="fit" />
      </button>
    </div>
  );
}
