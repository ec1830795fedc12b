import type { ReactNode } from 'react';
import { count } from '../../../../text/format.ts';
import type { Levels } from '../../model/levels.ts';

/** Chooses between few broad causes and many narrow ones, by their number, or by name where two levels have as many. Renders nothing for a single level. */
export function LevelSwitch(props: {
  readonly levels: Levels['all'];
  readonly level: number;
  readonly onLevel: (level: number) => void;
}): ReactNode {
  const { levels, level, onLevel } = props;
  if (levels.length < 2) return null;
  const isTold = new Set(levels.map(({ causes }) => causes)).size === levels.length;
  return (
    <div className="level">
      <span aria-hidden="true">Broad</span>
      <fieldset className="segments" aria-label="How broad a cause is" aria-keyshortcuts="< >">
        {levels.map(({ granularity, causes }, at) => (
          <button
            key={granularity}
            type="button"
            aria-pressed={at === level}
            aria-label={`${granularity}: ${count(causes)}`}
            title={`${granularity} (< broader, > narrower)`}
            onClick={() => onLevel(at)}
          >
            {isTold ? count(causes) : granularity}
          </button>
        ))}
      </fieldset>
      <span aria-hidden="true">narrow</span>
    </div>
  );
}
