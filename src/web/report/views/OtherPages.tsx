import type { ReactNode } from 'react';
import { count, plural } from '../../../text/format.ts';
import type { ReportModel } from '../model/report-model.ts';
import { Coded } from '../parts/Coded.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { colorVariable } from '../parts/color-variable.ts';
import { Empty } from '../parts/Empty.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { FailureList } from './FailureList.tsx';
import { TraceView } from './TraceView.tsx';

/** Failures without a cluster, with the reasons. */
export function NoisePage(props: { readonly model: ReportModel }): ReactNode {
  const { model } = props;
  const reasons = Map.groupBy(model.noise, (i) => model.failures[i]?.noise ?? 'unknown reason');
  return (
    <article className="page" style={{ '--color': colorVariable(-1) }}>
      <PageHead model={model} title={`${plural(model.noise.length, 'failure')} without a cluster`}>
        {[...reasons].map(([reason, list]) => (
          <span key={reason}>
            {reason}: {count(list.length)}
          </span>
        ))}
      </PageHead>
      <p className="quiet">
        Too few other traces failed in the same way. These failures count in every share and are
        worth a look: new causes start here.
      </p>
      <FailureList
        model={model}
        failures={model.noise}
        label="Failures without a cluster"
        detail={(i) => model.failures[i]?.noise ?? ''}
      />
    </article>
  );
}

const clusterOrNoise = (model: ReportModel, at: number): string => {
  const cluster = model.clusters[at];
  return model.address(
    cluster === undefined ? { kind: 'noise' } : { kind: 'cluster', id: cluster.id },
  );
};

/** The failures inside the lasso. */
export function SelectionPage(props: {
  readonly model: ReportModel;
  readonly selection: readonly number[];
}): ReactNode {
  const { model, selection } = props;
  const byCluster = Map.groupBy(selection, (i) => model.clusterOf[i] ?? -1);
  const ids = selection.map((i) => model.failures[i]?.traceId ?? '');
  return (
    <article className="page">
      <PageHead
        model={model}
        title={`${plural(selection.length, 'failure')} selected`}
        tools={selection.length > 0 && <CopyButton text={ids.join('\n')} label="Copy ids" />}
      >
        {[...byCluster]
          .sort(([a], [b]) => (a < 0 ? 1 : b < 0 ? -1 : a - b))
          .map(([at, list]) => (
            <a key={at} className="selection-part" href={clusterOrNoise(model, at)}>
              <span className="swatch" style={{ '--color': colorVariable(at) }}>
                {at < 0 ? '' : at + 1}
              </span>
              {count(list.length)}
            </a>
          ))}
      </PageHead>
      {selection.length === 0 ? (
        <Empty title="No failures selected">
          Hold Shift and draw around failures on the map, or press <kbd>l</kbd> and draw.
        </Empty>
      ) : (
        <FailureList model={model} failures={selection} label="Selected failures" />
      )}
    </article>
  );
}

/** One failure. */
export function TracePage(props: { readonly model: ReportModel; readonly id: string }): ReactNode {
  const { model, id } = props;
  const at = model.failureById.get(id);
  const failure = at === undefined ? undefined : model.failures[at];
  if (at === undefined || failure === undefined) {
    return (
      <article className="page">
        <PageHead model={model} title="No such trace in this report" />
        <Empty title="The linked trace is not in the sample">
          <code>{id}</code>
        </Empty>
      </article>
    );
  }
  const position = model.clusterOf[at] ?? -1;
  const cluster = model.clusters[position];
  return (
    <article className="page page-trace" style={{ '--color': colorVariable(position) }}>
      <PageHead
        model={model}
        title={failure.input === '' ? failure.traceId : failure.input}
        {...(cluster === undefined
          ? {}
          : { back: { href: clusterOrNoise(model, position), label: `Cause ${position + 1}` } })}
      >
        <a className="selection-part" href={clusterOrNoise(model, position)}>
          <span className="swatch" style={{ '--color': colorVariable(position) }}>
            {position < 0 ? '' : position + 1}
          </span>
          <span>
            <Coded text={cluster?.title ?? `no cluster: ${failure.noise ?? 'unknown reason'}`} />
          </span>
        </a>
      </PageHead>
      <TraceView key={id} model={model} id={id} />
    </article>
  );
}
