import type { ReactNode } from 'react';
import { count } from '../../../../text/format.ts';
import { Coded } from '../../../parts/Coded.tsx';
import { type ColorBy, isOrdered, type MapColor } from '../../model/map-colors.ts';

/** What the colors stand for. An entry can be pinned, which dims the others; causes can be opened too. */
export function MapLegend(props: {
  readonly by: ColorBy;
  readonly entries: readonly MapColor[];
  readonly pinned: string | null;
  readonly causeHref: (cause: number) => string;
  readonly onPeek: (cause: number | null) => void;
  readonly onPin: (value: string) => void;
}): ReactNode {
  const { by, entries, pinned, causeHref, onPeek, onPin } = props;
  return (
    <ul className="legend" aria-label="Colors of the map" onMouseLeave={() => onPeek(null)}>
      {entries
        .filter(({ failures }) => failures > 0)
        .map(({ label, value, color, failures }) => (
          <li
            key={`${value} ${label}`}
            onMouseEnter={() => onPeek(by === 'cause' ? Number(value) : null)}
          >
            <button
              type="button"
              aria-pressed={pinned === value}
              disabled={isOrdered(by)}
              onClick={() => onPin(value)}
            >
              <span className="swatch" style={{ '--color': color }}>
                {by === 'cause' ? (Number(value) < 0 ? '–' : Number(value) + 1) : ''}
              </span>
              <span className="legend-label">
                <Coded text={label} />
              </span>
              <span className="dim">{count(failures)}</span>
            </button>
            {by === 'cause' && (
              <a className="link" href={causeHref(Number(value))}>
                open<span className="hidden"> {label}</span>
              </a>
            )}
          </li>
        ))}
    </ul>
  );
}
