import type { ReactNode } from 'react';
import type { ChangePoint } from '../../../../contract/trend.ts';
import { plural } from '../../../../text/format.ts';

const SHOWN = 2;

/** Where a rate or a score moved, in words: `1.5 → 54 on June 7, with support-v4`. */
export function Moved(props: {
  readonly changes: readonly ChangePoint[] | null;
  /** The level without a change; null where there is none. */
  readonly level: string | null;
  readonly figure: (value: number) => string;
  readonly when: (time: number) => string;
}): ReactNode {
  const { changes, level, figure, when } = props;
  if (changes === null) return <span className="dim">too little to tell</span>;
  if (changes.length === 0)
    return <span className="dim">{level === null ? 'steady' : `steady at ${level}`}</span>;
  const more = changes.length - SHOWN;
  return (
    <ul className="moved">
      {changes.slice(0, SHOWN).map(({ group, time, before, after, releases }) => (
        <li key={group}>
          <b>
            {figure(before)} → {figure(after)}
          </b>{' '}
          on {when(time)}
          {releases.length > 0 && (
            <>
              , with <b>{releases.join(', ')}</b>
            </>
          )}
        </li>
      ))}
      {more > 0 && <li className="dim">{plural(more, 'more change')}</li>}
    </ul>
  );
}
