import type { CasePayload, RecordedResult } from '../../contract/case-payload.ts';
import type { Evidence } from '../../contract/signal.ts';
import type { Message, Trace } from '../../contract/trace.ts';
import { Run } from '../../detect/run/run.ts';
import type { DetectOptions } from '../checks/subject.ts';
import { payloadHash } from '../suite/payload.ts';

/**
 * What an attempt at a case starts from: the conversation up to the request of the turn that went wrong, the tools and
 * documents, and what the tools answered in that turn. `evidence` shows where it went wrong; without a message among it,
 * the last turn counts.
 */
export function casePayloadOf(
  trace: Trace,
  evidence: readonly Evidence[],
  options: DetectOptions,
): CasePayload {
  const recorded: Trace = { ...trace, origin: { ...trace.origin, file: '', line: null } };
  const end = turnOf(trace.messages, evidence);
  const content = {
    messages: end < 0 ? asked(trace) : trace.messages.slice(0, end + 1),
    tools: trace.tools,
    documents: trace.documents,
    toolResults: resultsAfter(new Run(trace, options), end),
    recorded,
  };
  return { kind: 'case', hash: payloadHash(content), ...content };
}

/** Index of the user's message that began the turn of the first quoted message; -1 without messages of a user. */
function turnOf(messages: readonly Message[], evidence: readonly Evidence[]): number {
  const quoted = evidence.flatMap(({ path }) => {
    const index = /^\/messages\/(\d+)\//.exec(path)?.[1];
    return index === undefined || messages[Number(index)]?.role !== 'assistant'
      ? []
      : [Number(index)];
  });
  const first = quoted.length === 0 ? messages.length : Math.min(...quoted);
  const before = messages.slice(0, first).findLastIndex(isUser);
  return before >= 0 ? before : messages.findIndex(isUser);
}

const isUser = ({ role }: Message): boolean => role === 'user';

/** The request of a trace without messages. */
const asked = ({ input, messages }: Trace): readonly Message[] => [
  ...messages.filter(({ role }) => role === 'system'),
  { role: 'user', content: input, toolCalls: [], toolCallId: null, name: null, spanId: null },
];

const resultsAfter = ({ calls }: Run, end: number): readonly RecordedResult[] =>
  calls.flatMap(({ call, at, path, result }) =>
    result === null || (path.startsWith('/messages/') && at <= end)
      ? []
      : [
          {
            call: { name: call.name, arguments: call.arguments },
            result: result.text,
            isError: result.isError,
          },
        ],
  );
