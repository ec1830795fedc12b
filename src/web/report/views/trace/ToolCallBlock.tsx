import { Fragment, type ReactNode, useMemo } from 'react';
import type { ToolCall } from '../../../../contract/trace.ts';
import { isRecord } from '../../../../text/json.ts';
import { type Segment, splitByQuotes } from '../../../conversation/segments.ts';
import { Marked } from '../../../parts/Marked.tsx';
import { type JsonMark, type JsonToken, jsonTokens } from '../../model/json-tokens.ts';

/** A tool call as `name` and pretty-printed arguments; evidence is marked at its pointer. */
export function ToolCallBlock(props: {
  readonly call: ToolCall;
  readonly marks: readonly JsonMark[];
}): ReactNode {
  const { call, marks } = props;
  const tokens = useMemo(() => argumentTokens(call, marks), [call, marks]);
  const short = useMemo(() => shortArguments(call, marks), [call, marks]);
  const named = marks.find((mark) => mark.keys[0] === 'name' || mark.keys.length === 0);
  return (
    <div className="call">
      <p className="call-name">
        {named === undefined ? (
          call.name
        ) : (
          <mark data-evidence={named.number} data-number={named.number + 1} tabIndex={-1}>
            {call.name}
          </mark>
        )}
        {short !== null && (
          <span className="call-arguments">
            (
            {short.map(({ name, segments }, i) => (
              <Fragment key={name}>
                {i > 0 && ', '}
                {name}: <Marked segments={segments} />
              </Fragment>
            ))}
            )
          </span>
        )}
      </p>
      {short === null && (
        <pre>
          {tokens.map((token, i) =>
            token.mark === null ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: tokens have no identity but their place
              <span key={i} data-kind={token.kind}>
                {token.text}
              </span>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <mark key={i} data-evidence={token.mark} data-number={token.mark + 1} tabIndex={-1}>
                {token.text}
              </mark>
            ),
          )}
        </pre>
      )}
    </div>
  );
}

const SHORT = 240;

/** Arguments that fit on a line or two, in one line; null for longer ones and for those that are no object. */
function shortArguments(
  { arguments: values }: ToolCall,
  marks: readonly JsonMark[],
): readonly { readonly name: string; readonly segments: readonly Segment[] }[] | null {
  if (!isRecord(values) || JSON.stringify(values).length > SHORT) return null;
  return Object.entries(values).map(([name, value]) => ({
    name,
    segments: splitByQuotes(
      JSON.stringify(value),
      marks.filter(({ keys }) => keys[0] === 'arguments' && (keys[1] ?? name) === name),
    ),
  }));
}

function argumentTokens(call: ToolCall, marks: readonly JsonMark[]): JsonToken[] {
  const inside = marks
    .filter((mark) => mark.keys[0] === 'arguments')
    .map((mark) => ({ ...mark, keys: mark.keys.slice(1) }));
  if (typeof call.arguments !== 'string') return jsonTokens(call.arguments, inside);
  return splitByQuotes(call.arguments, inside).map((segment) => ({
    kind: 'string',
    text: segment.text,
    mark: segment.mark,
  }));
}
