import type { ReactNode } from 'react';
import { percent } from '../../../text/format.ts';
import type { ReportModel } from '../model/report-model.ts';
import { Coded } from '../parts/Coded.tsx';
import { colorVariable } from '../parts/color-variable.ts';

const SHOWN = 8;

/** Colors by rank; hovering one highlights its cluster, a click opens it. */
export function MapLegend(props: {
  readonly model: ReportModel;
  readonly open: number | null;
  readonly onPeek: (cluster: number | null) => void;
}): ReactNode {
  const { model, open, onPeek } = props;
  const more = model.clusters.length - SHOWN;
  return (
    <ul className="legend" aria-label="Colors of the map" onMouseLeave={() => onPeek(null)}>
      {model.clusters.slice(0, SHOWN).map((cluster, i) => (
        <li key={cluster.id} onMouseEnter={() => onPeek(i)}>
          <a
            href={model.address({ kind: 'cluster', id: cluster.id })}
            title={cluster.title}
            aria-current={open === i ? 'page' : undefined}
          >
            <span className="swatch" style={{ '--color': colorVariable(i) }} />
            <span className="legend-rank">{i + 1}</span>
            <span className="legend-label">
              <Coded text={cluster.title} />
            </span>
            <span className="legend-share">{percent(cluster.share)}</span>
          </a>
        </li>
      ))}
      {more > 0 && <li className="legend-more">and {more} more in the list</li>}
      {model.noise.length > 0 && (
        <li>
          <a href={model.address({ kind: 'noise' })} title="Failures without a cluster">
            <span className="swatch" style={{ '--color': colorVariable(-1) }} />
            <span className="legend-label">no cluster</span>
            <span className="legend-share">
              {percent(model.noise.length / Math.max(1, model.failures.length))}
            </span>
          </a>
        </li>
      )}
    </ul>
  );
}
