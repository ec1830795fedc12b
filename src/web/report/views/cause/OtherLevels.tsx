import type { ReactNode } from 'react';
import { plural } from '../../../text/format.ts';
import { type Levels, overlaps } from '../model/levels.ts';
import type { ReportModel } from '../model/report-model.ts';
import { Coded } from '../parts/Coded.tsx';

/** The broader cause that a cause is part of, and the narrower causes that it splits into. */
export function OtherLevels(props: {
  readonly levels: Levels;
  readonly model: ReportModel;
  readonly position: number;
}): ReactNode {
  const { levels, model, position } = props;
  const id = model.clusters[position]?.id;
  const at = (level: number): { model: ReportModel; parts: readonly number[] } | null => {
    if (levels.all[level] === undefined) return null;
    const other = levels.at(level);
    const parts = overlaps(model, other, position).map((overlap) => overlap.position);
    return id === undefined || other.clusterById.has(id) ? null : { model: other, parts };
  };
  const broader = at(model.level - 1);
  const narrower = at(model.level + 1);
  if ((broader?.parts.length ?? 0) + (narrower?.parts.length ?? 0) === 0) return null;
  return (
    <ul className="other-levels" aria-label="At other levels">
      {broader?.parts.slice(0, 1).map((part) => (
        <li key={part}>
          Broader, part of <CauseLink model={broader.model} position={part} />
        </li>
      ))}
      {narrower !== null && narrower.parts.length > 0 && (
        <li>
          Narrower, {plural(narrower.parts.length, 'cause')}:{' '}
          {narrower.parts.slice(0, SHOWN).map((part, index) => (
            <span key={part}>
              {index > 0 && ', '}
              <CauseLink model={narrower.model} position={part} />
            </span>
          ))}
          {narrower.parts.length > SHOWN && ` and ${narrower.parts.length - SHOWN} more`}
        </li>
      )}
    </ul>
  );
}

const SHOWN = 3;

function CauseLink(props: { readonly model: ReportModel; readonly position: number }): ReactNode {
  const { model, position } = props;
  const cluster = model.clusters[position];
  if (cluster === undefined) return null;
  return (
    <a href={model.address({ kind: 'cluster', id: cluster.id })}>
      <Coded text={cluster.title} />
    </a>
  );
}
