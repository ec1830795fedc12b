import { type ReactNode, useState } from 'react';
import type { ReportMessage } from '../../../../contract/report.ts';
import { count } from '../../../../text/format.ts';
import { collapse, type Mark, splitByQuotes } from '../../../conversation/segments.ts';
import { Marked } from '../../../parts/Marked.tsx';
import type { PlacedEvidence } from '../../model/evidence.ts';
import { ToolCallBlock } from './ToolCallBlock.tsx';

/** One message: its role, its text with evidence marked, and its tool calls. */
export function Message(props: {
  readonly message: ReportMessage;
  readonly placed: readonly PlacedEvidence[];
  readonly isSelected: boolean;
}): ReactNode {
  const { message, placed, isSelected } = props;
  const here = placed.flatMap(({ evidence, place }, number) =>
    place.kind === 'content' && place.message === message.index
      ? [{ number, quote: evidence.quote }]
      : [],
  );
  return (
    <li className="message" data-role={message.role} data-selected={isSelected || undefined}>
      <p className="message-role">
        {message.role === 'tool' ? 'result' : message.role}
        {message.name !== null && <code>{message.name}</code>}
      </p>
      {message.content !== '' && <Content message={message} marks={here} />}
      {message.toolCalls.map((call, i) => (
        <ToolCallBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: the pointer of a call is its position
          key={i}
          call={call}
          marks={placed.flatMap(({ evidence, place }, number) =>
            place.kind === 'call' && place.message === message.index && place.call === i
              ? [{ number, quote: evidence.quote, keys: place.keys }]
              : [],
          )}
        />
      ))}
      {message.content === '' && message.toolCalls.length === 0 && <p className="dim">empty</p>}
    </li>
  );
}

function Content(props: {
  readonly message: ReportMessage;
  readonly marks: readonly Mark[];
}): ReactNode {
  const { message, marks } = props;
  const [whole, setWhole] = useState(false);
  const all = splitByQuotes(message.content, marks);
  const segments = whole ? all : collapse(all, message.role === 'system' ? 140 : 420);
  const hidden = segments.reduce((sum, segment) => sum + segment.hidden, 0);
  return (
    <>
      <div className="message-text" dir="auto">
        <Marked segments={segments} />
      </div>
      {(hidden > 0 || whole) && (
        <button type="button" className="link small" onClick={() => setWhole(!whole)}>
          {whole ? 'Show less' : `Show ${count(hidden)} more characters`}
        </button>
      )}
      {message.omitted > 0 && (
        <p className="dim small">{count(message.omitted)} characters are not in this file</p>
      )}
    </>
  );
}
