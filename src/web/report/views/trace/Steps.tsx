import type { ReactNode } from 'react';
import type { ReportSpan, ReportTrace } from '../../../../contract/report.ts';
import { count, dollars, duration, plural } from '../../../../text/format.ts';
import { Card } from '../../../parts/Card.tsx';

const TICKS = 4;
const DEEPEST = 6;

/** The spans of a trace along its time: what took how long, how many tokens, what it cost, and what failed. */
export function Steps(props: {
  readonly trace: ReportTrace;
  readonly selected: number | null;
  readonly onSelect: (step: number) => void;
}): ReactNode {
  const { trace, selected, onSelect } = props;
  const { spans, omittedSpans } = trace;
  const end = Math.max(
    1,
    trace.durationMs ?? 0,
    ...spans.map(({ startMs, durationMs }) => (startMs ?? 0) + (durationMs ?? 0)),
  );
  const hasTime = spans.some(({ startMs }) => startMs !== null);
  const hasDuration = spans.some(({ durationMs }) => durationMs !== null);
  const hasTokens = spans.some(({ tokens }) => tokens !== null);
  const hasCost = spans.some(({ cost }) => cost !== null);
  const letters = [...new Set(spans.map(({ kind }) => kind))];
  return (
    <Card
      title="Steps"
      aside={letters.map((kind) => (
        <span key={kind} className="kind-key">
          <b>{letterOf(kind)}</b> {kind}
        </span>
      ))}
      flush
    >
      <table className="steps">
        <thead>
          <tr>
            <th scope="col">Step</th>
            {hasTime && (
              <th scope="col" className="steps-lane">
                <span className="steps-ticks" aria-hidden="true">
                  {Array.from({ length: TICKS }, (_, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a tick is its place
                    <span key={i}>{i === 0 ? '0' : duration((end * i) / TICKS)}</span>
                  ))}
                </span>
                <span className="hidden">Time</span>
              </th>
            )}
            {hasDuration && (
              <th scope="col" className="num">
                Took
              </th>
            )}
            {hasTokens && (
              <th scope="col" className="num">
                Tokens
              </th>
            )}
            {hasCost && (
              <th scope="col" className="num steps-cost">
                Cost
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {spans.map((span, i) => (
            <tr
              key={span.id}
              data-selected={i === selected || undefined}
              data-failed={span.error !== null || undefined}
            >
              <td className="steps-name">
                <button
                  type="button"
                  aria-pressed={i === selected}
                  onClick={() => onSelect(i)}
                  style={{ paddingLeft: 12 * Math.min(DEEPEST, span.depth) }}
                >
                  <span className="kind" title={span.kind}>
                    {letterOf(span.kind)}
                  </span>
                  <span>
                    {nameFor(span)}
                    {span.error !== null && <span className="hidden">, failed</span>}
                  </span>
                </button>
              </td>
              {hasTime && (
                <td className="steps-lane">
                  <Bar span={span} end={end} />
                </td>
              )}
              {hasDuration && <td className="num nowrap">{duration(span.durationMs)}</td>}
              {hasTokens && <td className="num">{count(span.tokens ?? Number.NaN)}</td>}
              {hasCost && (
                <td className="num nowrap">{span.cost === null ? '–' : dollars(span.cost)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {omittedSpans > 0 && (
        <p className="card-note">{plural(omittedSpans, 'more step')} not in this file.</p>
      )}
    </Card>
  );
}

function Bar(props: { readonly span: ReportSpan; readonly end: number }): ReactNode {
  const { startMs, durationMs, kind, error } = props.span;
  if (startMs === null) return null;
  const left = (100 * startMs) / props.end;
  return (
    <span
      className="steps-bar"
      data-kind={kind}
      data-failed={error !== null || undefined}
      style={{ left: `${left}%`, width: `${(100 * (durationMs ?? 0)) / props.end}%` }}
    />
  );
}

/** A model call is named by its model, which says more than `chat`. */
const nameFor = ({ name, kind, model }: ReportSpan): string =>
  kind === 'model' && model !== null ? model : name;

const letterOf = (kind: string): string => kind.slice(0, 1).toUpperCase();
