import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { count, plural } from '../../../../text/format.ts';
import { numberedEvidence, placeEvidence, pointerKeys } from '../../model/evidence.ts';
import type { ReportModel } from '../../model/report-model.ts';
import { Message } from './Message.tsx';

const MOST_MESSAGES = 200;

/** The messages of a trace with its evidence marked; evidence from elsewhere comes first. Messages of the selected step stand out. */
export function Conversation(props: {
  readonly model: ReportModel;
  readonly id: string;
  /** Id of a span. */
  readonly selected: string | null;
}): ReactNode {
  const { model, id, selected } = props;
  const trace = model.traceById.get(id);
  const list = useRef<HTMLOListElement>(null);
  const placed = useMemo(
    () => (trace === undefined ? [] : placeEvidence(trace, numberedEvidence(model, id))),
    [model, trace, id],
  );
  // Of a long conversation, the beginning is drawn, and all up to the evidence and the selected step.
  const [most, setMost] = useState(MOST_MESSAGES);
  const drawn = useMemo(() => {
    const messages = trace?.messages ?? [];
    const wanted = messages.findLastIndex(
      ({ index, spanId }) =>
        (selected !== null && spanId === selected) ||
        placed.some(({ place }) => place.kind !== 'elsewhere' && place.message === index),
    );
    return Math.min(messages.length, Math.max(most, wanted + 1));
  }, [trace, selected, placed, most]);
  // A step that was chosen by a key or a click comes into sight; the first one leaves the page at its top.
  const first = useRef(selected);
  useEffect(() => {
    if (selected === null || selected === first.current) return;
    first.current = null;
    list.current
      ?.querySelector('[data-selected]')
      ?.scrollIntoView({ block: 'nearest', behavior: 'auto' });
  }, [selected]);
  if (trace === undefined || trace.messages.length === 0)
    return <NoMessages model={model} id={id} />;
  const elsewhere = placed.flatMap((piece, number) =>
    piece.place.kind === 'elsewhere' ? [{ piece, number }] : [],
  );
  return (
    <>
      <ol className="messages" ref={list}>
        {trace.messages.slice(0, drawn).map((message) => (
          <Message
            key={message.index}
            message={message}
            placed={placed}
            isSelected={selected !== null && message.spanId === selected}
          />
        ))}
      </ol>
      {drawn < trace.messages.length && (
        <p className="card-note">
          <button type="button" className="link" onClick={() => setMost(most + MOST_MESSAGES)}>
            Show {count(Math.min(MOST_MESSAGES, trace.messages.length - drawn))} more of{' '}
            {plural(trace.messages.length - drawn, 'message')}
          </button>
        </p>
      )}
      {elsewhere.length > 0 && (
        <ul className="elsewhere" aria-label="Evidence outside the messages">
          {elsewhere.map(({ piece, number }) => (
            <li key={number}>
              <span className="dim" title={piece.evidence.path}>
                {placeName(piece.evidence.path)}
              </span>{' '}
              <mark data-evidence={number} data-number={number + 1} tabIndex={-1} dir="auto">
                {piece.evidence.quote}
              </mark>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** `/error/message` → `error message`, `/spans/3/output` → `spans 3 output`. */
const placeName = (path: string): string => pointerKeys(path).join(' ');

function NoMessages(props: { readonly model: ReportModel; readonly id: string }): ReactNode {
  const { model, id } = props;
  const failure = model.failures[model.failureById.get(id) ?? -1];
  const input = failure?.input ?? '';
  return (
    <div className="card-body">
      {input !== '' && (
        <blockquote className="request" dir="auto">
          {input}
        </blockquote>
      )}
      <p className="dim">
        Only examples include their messages, to keep this file small. Use the id to find the trace
        where it is stored.
      </p>
    </div>
  );
}
