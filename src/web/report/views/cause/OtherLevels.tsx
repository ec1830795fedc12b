import type { ReactNode } from 'react';
import { plural } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { useLink } from '../../hooks/links.ts';
import { type Levels, overlaps } from '../../model/levels.ts';
import type { ReportModel } from '../../model/report-model.ts';

const SHOWN = 3;

/** The broader cause that a cause is part of, and the narrower ones that it splits into, where their titles say more. */
export function OtherLevels(props: {
  readonly levels: Levels;
  readonly model: ReportModel;
  readonly position: number;
}): ReactNode {
  const { levels, model, position } = props;
  const cluster = model.clusters[position];
  const at = (level: number): { model: ReportModel; parts: readonly number[] } | null => {
    if (levels.all[level] === undefined || cluster === undefined) return null;
    const other = levels.at(level);
    if (other.clusterById.has(cluster.id)) return null;
    const parts = overlaps(model, other, position)
      .map((overlap) => overlap.position)
      .filter((part) => other.clusters[part]?.title !== cluster.title);
    return parts.length === 0 ? null : { model: other, parts };
  };
  const broader = at(model.level - 1);
  const narrower = at(model.level + 1);
  if (broader === null && narrower === null) return null;
  return (
    <Card title="Broader and narrower">
      <ul className="reasons">
        {broader?.parts.slice(0, 1).map((part) => (
          <li key={part}>
            Part of <CauseLink model={broader.model} position={part} />
          </li>
        ))}
        {narrower !== null && (
          <li>
            Splits into {plural(narrower.parts.length, 'cause')}:{' '}
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
    </Card>
  );
}

function CauseLink(props: { readonly model: ReportModel; readonly position: number }): ReactNode {
  const { model, position } = props;
  const cluster = model.clusters[position];
  const link = useLink();
  if (cluster === undefined) return null;
  return (
    <a className="link" href={link({ kind: 'cluster', id: cluster.id }, model.granularity)}>
      <Coded text={cluster.title} />
    </a>
  );
}
