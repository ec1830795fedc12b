import type { Trace } from '../../contract/trace.ts';
import { pointer } from '../evidence.ts';

/** A piece of a run that a model sees and may quote. */
export interface Step {
  readonly heading: string;
  readonly spanId: string | null;
  /** Where quotes may come from, and their text; shown in this order. */
  readonly places: readonly { readonly path: string; readonly text: string }[];
}

/** A run in order: retrieved documents, messages with their calls, the output; spans when no messages were recorded. */
export function stepsOf(trace: Trace): Step[] {
  const conversation = trace.messages.length > 0 ? fromMessages(trace) : fromSpans(trace);
  const shown = new Set(conversation.flatMap(({ places }) => places.map(({ text }) => text)));
  const steps = [...documents(trace, shown), ...conversation];
  if (trace.messages.length === 0) steps.unshift(step('input', null, '/input', trace.input));
  if (trace.output !== '' && !shown.has(trace.output))
    steps.push(step('final answer', null, '/output', trace.output));
  if (trace.error !== null)
    steps.push(step('error', trace.error.spanId, '/error/message', trace.error.message));
  return steps.filter(({ places }) => places.some(({ text }) => text.trim() !== ''));
}

const step = (heading: string, spanId: string | null, path: string, text: string): Step => ({
  heading,
  spanId,
  places: [{ path, text }],
});

const fromMessages = ({ messages }: Trace): Step[] =>
  messages.flatMap(({ role, name, content, toolCalls, spanId }, index) => [
    step(
      role === 'tool' ? `result of ${name ?? 'a tool'}` : role,
      spanId,
      pointer('messages', index, 'content'),
      content,
    ),
    ...toolCalls.map(
      (call, at): Step => ({
        heading: 'assistant calls',
        spanId,
        places: [
          { path: pointer('messages', index, 'toolCalls', at, 'name'), text: call.name },
          {
            path: pointer('messages', index, 'toolCalls', at, 'arguments'),
            text:
              typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
          },
        ],
      }),
    ),
  ]);

const fromSpans = ({ spans }: Trace): Step[] =>
  spans.flatMap(({ id, name, kind, input, output, error }, index) => [
    step(`${kind} ${name}, in`, id, pointer('spans', index, 'input'), input),
    step(`${kind} ${name}, out`, id, pointer('spans', index, 'output'), output),
    ...(error === null
      ? []
      : [
          step(
            `${kind} ${name}, error`,
            id,
            pointer('spans', index, 'error', 'message'),
            error.message,
          ),
        ]),
  ]);

const PASSAGES = 60;
const SEARCHED = 500_000;

/** The first passages, without those that a message repeats. */
function documents(trace: Trace, shown: ReadonlySet<string>): Step[] {
  const shownText = [...shown].join('\n').slice(0, SEARCHED);
  return trace.documents.slice(0, PASSAGES).flatMap(({ content, title, spanId }, index) => {
    const heading = title === null ? 'passage' : `passage ${title}`;
    return shownText.includes(content.slice(0, 200))
      ? []
      : [step(heading, spanId, pointer('documents', index, 'content'), content)];
  });
}
