import type { ReactNode } from 'react';
import type { Cluster } from '../../../../contract/cluster.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { Quality } from './Quality.tsx';

/** What stands behind a cause, for those who want to check the method: closed until asked for. */
export function HowMade(props: {
  readonly model: ReportModel;
  readonly cluster: Cluster;
}): ReactNode {
  const { model, cluster } = props;
  const terms = cluster.terms.slice(0, 12).map(({ term }) => term);
  return (
    <details className="card how-made">
      <summary>How this was made</summary>
      <div className="card-body">
        <dl className="pairs">
          <dt>Id</dt>
          <dd>
            <code>{cluster.id}</code>
          </dd>
          <dt>Category</dt>
          <dd>{model.categoryById.get(cluster.category)?.name ?? cluster.category}</dd>
          {cluster.cause !== null && (
            <>
              <dt>Shared cause</dt>
              <dd>
                <code>{[cluster.category, ...cluster.cause].join(' › ')}</code>
              </dd>
            </>
          )}
          {terms.length > 0 && (
            <>
              <dt>Words</dt>
              <dd dir="auto">{terms.join(', ')}</dd>
            </>
          )}
        </dl>
        <Quality model={model} quality={cluster.quality} />
      </div>
    </details>
  );
}
