import type { ReactNode } from 'react';
import type { ReportModel } from '../model/report-model.ts';
import { colorVariable } from '../parts/color-variable.ts';
import { WindowedList } from '../parts/WindowedList.tsx';

/** Failures as one-line rows: cluster, input, categories of the signals. */
export function FailureList(props: {
  readonly model: ReportModel;
  readonly failures: readonly number[];
  readonly label: string;
  readonly detail?: (failure: number) => string;
}): ReactNode {
  const { model, failures, label, detail } = props;
  return (
    <WindowedList
      count={failures.length}
      rowHeight={44}
      label={label}
      row={(position) => {
        const at = failures[position] ?? -1;
        const failure = model.failures[at];
        if (failure === undefined) return null;
        const cluster = model.clusterOf[at] ?? -1;
        return (
          <a className="failure" href={model.address({ kind: 'trace', id: failure.traceId })}>
            <span className="swatch" style={{ '--color': colorVariable(cluster) }}>
              {cluster < 0 ? '' : cluster + 1}
            </span>
            <span className="failure-input" dir="auto">
              {failure.input === '' ? 'no input recorded' : failure.input}
            </span>
            <span className="failure-id">{failure.traceId}</span>
            <span className="failure-detail">
              {detail?.(at) ?? (failure.categories.join(', ') || failure.noise)}
            </span>
          </a>
        );
      }}
    />
  );
}
