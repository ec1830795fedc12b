import type { ReactNode } from 'react';
import type { ReportModel } from '../model/report-model.ts';
import { Icon } from '../parts/Icon.tsx';
import { TraceView } from './TraceView.tsx';

/** The failures nearest the center, one at a time. */
export function Exemplars(props: {
  readonly model: ReportModel;
  readonly ids: readonly string[];
  readonly at: number;
  readonly onMove: (exemplar: number) => void;
}): ReactNode {
  const { model, ids, onMove } = props;
  const at = Math.min(props.at, ids.length - 1);
  const id = ids[at];
  if (id === undefined) return null;
  return (
    <section className="exemplars">
      <div className="exemplars-head">
        <h3>Exemplars, nearest to the center first</h3>
        <div className="exemplars-steps">
          <button
            type="button"
            className="icon-button"
            disabled={at === 0}
            aria-label="Previous exemplar"
            title="Previous exemplar ([)"
            onClick={() => onMove(at - 1)}
          >
            <Icon name="previous" />
          </button>
          <span aria-live="polite">
            {at + 1} of {ids.length}
          </span>
          <button
            type="button"
            className="icon-button"
            disabled={at === ids.length - 1}
            aria-label="Next exemplar"
            title="Next exemplar (])"
            onClick={() => onMove(at + 1)}
          >
            <Icon name="next" />
          </button>
        </div>
      </div>
      <TraceView key={id} model={model} id={id} linked />
    </section>
  );
}
