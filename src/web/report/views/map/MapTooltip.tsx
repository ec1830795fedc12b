import type { ReactNode, RefObject } from 'react';
import { Coded } from '../../../parts/Coded.tsx';
import { colorVariable } from '../../../parts/color-variable.ts';
import { Evidence } from '../../../parts/Evidence.tsx';
import type { ReportModel } from '../../model/report-model.ts';
import { signalLine } from '../../model/signal-line.ts';

export interface Hover {
  readonly point: number;
  readonly x: number;
  readonly y: number;
}

/** The failure under the pointer. Stays inside the map by opening to the side with enough space. */
export function MapTooltip(props: {
  readonly model: ReportModel;
  readonly hover: Hover;
  readonly host: RefObject<HTMLElement | null>;
}): ReactNode {
  const { model, hover, host } = props;
  const failure = model.failures[hover.point];
  if (failure === undefined) return null;
  const at = model.clusterOf[hover.point] ?? -1;
  const cluster = model.clusters[at];
  const line = signalLine(failure);
  const width = host.current?.clientWidth ?? 0;
  const height = host.current?.clientHeight ?? 0;
  return (
    <div
      className="map-tooltip"
      role="tooltip"
      data-left={hover.x > width / 2 || undefined}
      data-up={hover.y > height / 2 || undefined}
      style={{ left: hover.x, top: hover.y }}
    >
      <div className="map-ring" />
      <div className="map-tooltip-box">
        <p className="map-tooltip-cluster">
          <span className="swatch" style={{ '--color': colorVariable(at) }}>
            {at < 0 ? '' : at + 1}
          </span>
          <span>
            <Coded
              text={cluster?.title ?? `Alike to no other: ${failure.noise ?? 'unknown reason'}`}
            />
          </span>
        </p>
        {line !== null && <Evidence line={line} />}
        <p className="map-tooltip-input" dir="auto">
          {failure.input || 'no input recorded'}
        </p>
        <p className="map-tooltip-id">{failure.traceId}</p>
      </div>
    </div>
  );
}
