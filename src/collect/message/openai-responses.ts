import type { Message, ToolCall } from '../../contract/trace.ts';
import { toolMessage } from './message-part.ts';
import type { MessageForm } from './message-sink.ts';
import { textMessage } from './text-message.ts';
import { toolCallsOf } from './tool-call.ts';

/** Items of the OpenAI Responses API that have no role: calls, their outputs, reasoning (left out). */
export const readResponseItem: MessageForm = (value, _fallback, into) => {
  switch (value['type']) {
    case 'function_call': {
      const calls = toolCallsOf(value);
      if (calls.length > 0) into.messages.push(withParallelCalls(into.messages, calls));
      return true;
    }
    case 'function_call_output':
      into.messages.push(toolMessage({ call_id: value['call_id'] }, value['output']));
      return true;
    case 'reasoning':
      return true;
    default:
      return false;
  }
};

/** Parallel calls arrive as consecutive items; they are one assistant message. */
function withParallelCalls(messages: Message[], calls: readonly ToolCall[]): Message {
  const last = messages.at(-1);
  if (last?.role === 'assistant' && last.toolCalls.length > 0) {
    messages.pop();
    return { ...last, toolCalls: [...last.toolCalls, ...calls] };
  }
  return { ...textMessage('assistant', ''), toolCalls: calls };
}
