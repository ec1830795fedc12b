import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import type { Levels } from '../model/levels.ts';

/** Chooses the granularity, one step per level, from few broad causes to many narrow ones. Renders nothing for a single level. */
export function LevelSlider(props: {
  readonly levels: Levels['all'];
  readonly level: number;
  readonly onLevel: (level: number) => void;
}): ReactNode {
  const { levels, level, onLevel } = props;
  const shown = levels[level];
  if (levels.length < 2 || shown === undefined) return null;
  const last = levels.length - 1;
  return (
    <div className="level">
      <span aria-hidden="true">broad</span>
      <span className="level-range" style={{ '--part': `${(100 * level) / last}%` }}>
        <span className="level-steps" aria-hidden="true">
          {levels.map(({ granularity }, at) => (
            <span key={granularity} data-on={at <= level || undefined} />
          ))}
        </span>
        <input
          type="range"
          min={0}
          max={last}
          step={1}
          value={level}
          aria-label="Granularity of the causes"
          aria-valuetext={`${shown.granularity}, ${plural(shown.causes, 'cause')}`}
          aria-keyshortcuts="< >"
          title={`${shown.granularity}: ${plural(shown.causes, 'cause')}; broader <, narrower >`}
          onChange={(event) => onLevel(Number(event.target.value))}
        />
      </span>
      <span aria-hidden="true">narrow</span>
    </div>
  );
}
