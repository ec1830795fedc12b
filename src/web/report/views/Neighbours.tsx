import type { ReactNode } from 'react';
import type { ReportModel } from '../model/report-model.ts';
import { Icon } from '../parts/Icon.tsx';

/** The place of a cause in the ranking, and links to the causes before and after it. */
export function Neighbours(props: {
  readonly model: ReportModel;
  readonly position: number;
}): ReactNode {
  const { model, position } = props;
  const before = model.clusters[position - 1];
  const after = model.clusters[position + 1];
  return (
    <>
      <span className="page-place">
        {position + 1} of {model.clusters.length}
      </span>
      {before !== undefined && (
        <a
          className="icon-button"
          href={model.address({ kind: 'cluster', id: before.id })}
          aria-label="Cause before"
          title="Cause before (k)"
        >
          <Icon name="previous" />
        </a>
      )}
      {after !== undefined && (
        <a
          className="icon-button"
          href={model.address({ kind: 'cluster', id: after.id })}
          aria-label="Next cause"
          title="Next cause (j)"
        >
          <Icon name="next" />
        </a>
      )}
    </>
  );
}
