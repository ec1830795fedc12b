import type { ReactNode } from 'react';
import type { ReportModel } from '../model/report-model.ts';
import { Icon } from '../parts/Icon.tsx';

/** The rank of a cause, with links to the previous and the next cause. */
export function Neighbors(props: {
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
          aria-label="Previous cause"
          title="Previous cause (k)"
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
