import { type ReactNode, useMemo } from 'react';
import type { ReportTrace } from '../../../contract/report.ts';
import { count, decimal, duration } from '../../../text/format.ts';
import { statementText } from '../../../text/statement.ts';
import { type PlacedEvidence, placeEvidence } from '../model/evidence.ts';
import { evidenceOf, type ReportModel } from '../model/report-model.ts';
import { Coded } from '../parts/Coded.tsx';
import { CopyButton } from '../parts/CopyButton.tsx';
import { MessageCard } from './MessageCard.tsx';

/** A trace as a conversation with its evidence marked, or its other data if it has no messages. */
export function TraceView(props: {
  readonly model: ReportModel;
  readonly id: string;
  /** Whether the id links to the trace's page. */
  readonly linked?: boolean;
}): ReactNode {
  const { model, id, linked } = props;
  const trace = model.traceById.get(id);
  const at = model.failureById.get(id);
  const failure = at === undefined ? undefined : model.failures[at];
  const placed = useMemo(
    () => placeEvidence(trace ?? withoutMessages(id), evidenceOf(model, id)),
    [model, trace, id],
  );
  const elsewhere = placed.flatMap((piece, number) =>
    piece.place.kind === 'elsewhere' ? [{ piece, number }] : [],
  );
  return (
    <div className="trace">
      <div className="trace-head">
        {linked === true ? (
          <a className="trace-id" href={model.address({ kind: 'trace', id })}>
            {id}
          </a>
        ) : (
          <code className="trace-id">{id}</code>
        )}
        <CopyButton text={id} label="Copy id" />
        <Facts trace={trace} facts={[failure?.tenant, failure?.promptVersion]} />
      </div>
      {failure !== undefined && failure.signals.length > 0 && (
        <ul className="signals" aria-label="Why this trace counts as failed">
          {failure.signals.map((signal) => (
            <li key={[signal.detector, signal.category, ...signal.cause].join(' ')}>
              <strong>{signal.detector}</strong>
              <span>
                <Coded text={statementText(signal.statement)} />
              </span>
              {signal.confidence < 1 && <span className="quiet">{decimal(signal.confidence)}</span>}
            </li>
          ))}
        </ul>
      )}
      <EvidenceSteps placed={placed} />
      {elsewhere.length > 0 && (
        <ul className="elsewhere" aria-label="Evidence outside the messages">
          {elsewhere.map(({ piece, number }) => (
            <li key={number}>
              <code>{piece.evidence.path}</code>
              <mark data-evidence={number} tabIndex={-1} dir="auto">
                {piece.evidence.quote}
              </mark>
            </li>
          ))}
        </ul>
      )}
      {trace === undefined || trace.messages.length === 0 ? (
        <NoMessages input={failure?.input ?? ''} />
      ) : (
        <ol className="messages">
          {trace.messages.map((message) => (
            <MessageCard key={message.index} message={message} placed={placed} />
          ))}
        </ol>
      )}
    </div>
  );
}

function Facts(props: {
  readonly trace: ReportTrace | undefined;
  readonly facts: readonly (string | null | undefined)[];
}): ReactNode {
  const { trace, facts } = props;
  const all = [
    ...facts,
    trace?.model,
    trace?.durationMs == null ? null : duration(trace.durationMs),
    trace?.name,
    trace?.origin,
  ].filter((fact): fact is string => typeof fact === 'string' && fact !== '');
  return <span className="trace-facts">{[...new Set(all)].join(' · ')}</span>;
}

/** Goes from one piece of evidence to the next; shown when there is more than one. */
function EvidenceSteps(props: { readonly placed: readonly PlacedEvidence[] }): ReactNode {
  const { placed } = props;
  if (placed.length === 0) return null;
  return (
    <p className="evidence-steps">
      <span>
        {placed.length === 1 ? '1 piece of evidence' : `${count(placed.length)} pieces of evidence`}
      </span>
      {placed.slice(0, 9).map((piece, number) => (
        <button
          type="button"
          // biome-ignore lint/suspicious/noArrayIndexKey: the button shows this number
          key={number}
          className="button"
          title={piece.evidence.path}
          onClick={(event) => showEvidence(event.currentTarget, number)}
        >
          {number + 1}
        </button>
      ))}
    </p>
  );
}

function showEvidence(from: HTMLElement, number: number): void {
  const mark = from.closest('.trace')?.querySelector<HTMLElement>(`[data-evidence="${number}"]`);
  mark?.scrollIntoView({ block: 'center' });
  mark?.focus({ preventScroll: true });
}

function NoMessages(props: { readonly input: string }): ReactNode {
  return (
    <div className="no-messages">
      {props.input !== '' && <blockquote dir="auto">{props.input}</blockquote>}
      <p className="quiet">
        Only exemplars include their messages, to keep this file small. Use the id to find the trace
        where it is stored.
      </p>
    </div>
  );
}

const withoutMessages = (id: string): ReportTrace => ({
  id,
  isPassing: false,
  name: null,
  model: null,
  tenant: null,
  promptVersion: null,
  release: null,
  startTime: null,
  tokens: null,
  cost: null,
  error: null,
  spans: [],
  omittedSpans: 0,
  origin: '',
  durationMs: null,
  messages: [],
  evidence: [],
});
