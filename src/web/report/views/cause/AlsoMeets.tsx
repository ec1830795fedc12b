import type { ReactNode } from 'react';
import { count } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';
import { Coded } from '../../../parts/Coded.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';
import type { ScopedCause } from '../../model/scoped.ts';

const SHOWN = 5;

/** Other causes whose condition these failures meet too; fixing one alone may not be enough for them. */
export function AlsoMeets(props: {
  readonly model: ReportModel;
  readonly cause: ScopedCause;
}): ReactNode {
  const { model, cause } = props;
  const link = useLink();
  const counts = new Map<string, number>();
  for (const i of cause.members)
    for (const id of model.failures[i]?.alsoMeets ?? [])
      if (model.clusterById.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  if (counts.size === 0) return null;
  const rows = [...counts].sort((a, b) => b[1] - a[1]).slice(0, SHOWN);
  return (
    <Card title="Also meets" aside={`of ${count(cause.members.length)}`}>
      <ul className="facts">
        {rows.map(([id, number]) => (
          <li key={id}>
            <span className="facts-count">{count(number)}</span>
            <a className="link" href={link({ kind: 'cluster', id })}>
              <Coded text={model.clusters[model.clusterById.get(id) ?? -1]?.title ?? ''} />
            </a>
          </li>
        ))}
      </ul>
    </Card>
  );
}
