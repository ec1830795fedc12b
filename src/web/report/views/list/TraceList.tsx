import type { ReactNode } from 'react';
import { day, moment } from '../../../../text/moments.ts';
import { useMedia } from '../../../hooks/use-media.ts';
import { colorVariable } from '../../../parts/color-variable.ts';
import { Evidence } from '../../../parts/Evidence.tsx';
import { WindowedList } from '../../../parts/WindowedList.tsx';
import { useLink } from '../../hooks/links.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { signalLine } from '../../model/signal-line.ts';

/** Failures as rows, of which only the visible ones are drawn. On a phone a row has two lines. */
export function TraceList(props: {
  readonly model: ReportModel;
  readonly failures: readonly number[];
  readonly label: string;
  /** Whether each row says which cause it belongs to. */
  readonly withCause: boolean;
  /** Rows that are chosen, and what choosing one does; without it, rows cannot be chosen. */
  readonly chosen?: ReadonlySet<number>;
  readonly onToggle?: (failure: number) => void;
}): ReactNode {
  const { model, failures, label, withCause, chosen, onToggle } = props;
  const link = useLink();
  const isNarrow = useMedia('(max-width: 720px)');
  return (
    <WindowedList
      count={failures.length}
      rowHeight={isNarrow ? 56 : 32}
      label={label}
      row={(position) => {
        const at = failures[position] ?? -1;
        const failure = model.failures[at];
        if (failure === undefined) return null;
        const cause = model.clusterOf[at] ?? -1;
        const line = signalLine(failure);
        const row = (
          <a className="trace-row" href={link({ kind: 'trace', id: failure.traceId })}>
            {withCause && (
              <span className="swatch" style={{ '--color': colorVariable(cause) }}>
                {cause < 0 ? '–' : cause + 1}
              </span>
            )}
            <code className="trace-row-id">{failure.traceId.slice(0, 12)}</code>
            <span className="trace-row-time dim">
              {failure.startTime === null
                ? ''
                : isNarrow
                  ? day(failure.startTime)
                  : moment(failure.startTime)}
            </span>
            <span className="trace-row-where dim">
              {[failure.promptVersion ?? failure.release, failure.tenant]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
            <span className="trace-row-input" dir="auto">
              {failure.input === '' ? (
                <span className="dim">no input recorded</span>
              ) : (
                failure.input
              )}
            </span>
            {line !== null && <Evidence line={line} />}
          </a>
        );
        if (onToggle === undefined) return row;
        return (
          <div className="trace-choice">
            <input
              type="checkbox"
              aria-label={`Choose ${failure.traceId.slice(0, 12)}`}
              checked={chosen?.has(at) ?? false}
              onChange={() => onToggle(at)}
            />
            {row}
          </div>
        );
      }}
    />
  );
}
