import { isRecord } from '../../text/json.ts';
import { structured, textOf } from '../json/json-value.ts';
import { toolMessage } from './message-part.ts';
import { roleNamed } from './message-role.ts';
import type { MessageForm } from './message-sink.ts';
import { textMessage } from './text-message.ts';
import { toolCallsOf } from './tool-call.ts';

/**
 * A turn of ShareGPT and its dialects: `{from, value}`. `function_call` turns hold the call as JSON text,
 * `observation` turns its result (LLaMA-Factory, axolotl, APIGen-MT); Hermes puts both into tags.
 */
export const readShareGptTurn: MessageForm = (turn, _fallback, into) => {
  const { from, value } = turn;
  if (typeof from !== 'string' || value === undefined) return false;
  const role = CALLS.has(from) ? 'assistant' : roleNamed(from);
  const { text, tagged } = untagged(textOf(value), role === 'tool' ? 'tool_response' : 'tool_call');
  if (role === 'tool') {
    const result = structured(tagged[0] ?? text);
    const isNamed = isRecord(result) && typeof result['name'] === 'string' && 'content' in result;
    into.messages.push(
      isNamed ? toolMessage(result, result['content']) : toolMessage({}, tagged[0] ?? text),
    );
    return true;
  }
  const calls =
    role !== 'assistant'
      ? []
      : tagged.length > 0
        ? tagged.flatMap(toolCallsOf)
        : CALLS.has(from)
          ? toolCallsOf(text)
          : [];
  const isCall = calls.length > 0 && tagged.length === 0;
  into.messages.push({ ...textMessage(role, isCall ? '' : text), toolCalls: calls });
  return true;
};

const CALLS: ReadonlySet<string> = new Set(['function_call', 'tool_call', 'function-call']);

/** A text without its `<tag>…</tag>` pieces, and what they hold. */
function untagged(text: string, tag: string): { text: string; tagged: string[] } {
  const [open, close] = [`<${tag}>`, `</${tag}>`];
  let at = text.indexOf(open);
  if (at < 0) return { text, tagged: [] };
  const tagged: string[] = [];
  let rest = '';
  let from = 0;
  while (at >= 0) {
    const end = text.indexOf(close, at);
    if (end < 0) break;
    tagged.push(text.slice(at + open.length, end).trim());
    rest += text.slice(from, at);
    from = end + close.length;
    at = text.indexOf(open, from);
  }
  return { text: (rest + text.slice(from)).trim(), tagged };
}
