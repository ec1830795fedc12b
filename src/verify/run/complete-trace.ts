import type { AttemptRequest } from '../../contract/eval-target.ts';
import type { Trace } from '../../contract/trace.ts';

/**
 * What a target returned as a whole trace: where it gave only its answer, with the conversation, the tools and the
 * documents that it was given, so that checks see what they see in production.
 */
export function completeTrace(
  trace: Trace,
  { messages, tools, documents, input }: AttemptRequest,
): Trace {
  const hasRequest = trace.messages.some(({ role }) => role === 'user');
  return {
    ...trace,
    input: trace.input === '' ? input : trace.input,
    messages: hasRequest ? trace.messages : [...messages, ...trace.messages.filter(isAnswer)],
    tools: trace.tools.length > 0 ? trace.tools : tools,
    documents: trace.documents.length > 0 ? trace.documents : documents,
  };
}

const isAnswer = ({ role }: Trace['messages'][number]): boolean => role !== 'system';
