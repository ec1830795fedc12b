import { type ReactNode, useEffect, useRef } from 'react';
import type { ReportSpan, ReportTrace } from '../../../../contract/report.ts';
import { count, dollars, duration, plural } from '../../../../text/format.ts';
import { useSeenRows } from '../../../hooks/use-seen-rows.ts';
import { Card } from '../../../parts/Card.tsx';

const TICKS = 4;
const DEEPEST = 6;
/** More rows than this scroll in a box of their own. */
const MANY = 150;
/** Height of a row there, in pixels. */
const ROW = 28;

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
    spans.reduce(
      (last, { startMs, durationMs }) => Math.max(last, (startMs ?? 0) + (durationMs ?? 0)),
      0,
    ),
  );
  const hasTime = spans.some(({ startMs }) => startMs !== null);
  const hasDuration = spans.some(({ durationMs }) => durationMs !== null);
  const hasTokens = spans.some(({ tokens }) => tokens !== null);
  const hasCost = spans.some(({ cost }) => cost !== null);
  // Of a long trace, only the rows in sight are drawn.
  const isLong = spans.length > MANY;
  const box = useRef<HTMLElement>(null);
  const seen = useSeenRows(box, isLong, ROW);
  const from = isLong ? Math.min(seen.from, spans.length - 1) : 0;
  const to = isLong ? Math.min(spans.length, seen.to) : spans.length;
  useEffect(() => {
    const element = box.current;
    if (!isLong || selected === null || element === null) return;
    const top = selected * ROW;
    const isSeen =
      top >= element.scrollTop && top + 2 * ROW <= element.scrollTop + element.clientHeight;
    if (!isSeen) element.scrollTop = top - element.clientHeight / 2;
  }, [selected, isLong]);
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
      <section
        ref={box}
        className={isLong ? 'steps-box' : undefined}
        aria-label={isLong ? 'Rows of steps' : undefined}
        tabIndex={isLong ? 0 : undefined}
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
            {from > 0 && <Gap rows={from} />}
            {spans.slice(from, to).map((span, at) => {
              const i = from + at;
              return (
                <tr
                  key={span.id}
                  style={isLong ? { height: ROW } : undefined}
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
              );
            })}
            {to < spans.length && <Gap rows={spans.length - to} />}
          </tbody>
        </table>
      </section>
      {omittedSpans > 0 && (
        <p className="card-note">{plural(omittedSpans, 'more step')} not in this file.</p>
      )}
    </Card>
  );
}

/** As high as rows that are not drawn. */
const Gap = (props: { readonly rows: number }): ReactNode => (
  <tr>
    <td style={{ height: props.rows * ROW, padding: 0, border: 0 }} />
  </tr>
);

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
