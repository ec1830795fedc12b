import type { Json } from '../../contract/json.ts';
import type { Span, ToolCall, Trace } from '../../contract/trace.ts';
import { areInMessages, messageSteps } from '../../trace/steps.ts';
import { pointer } from '../evidence.ts';

/** A piece of a run that a model sees and may quote. */
export interface Step {
  readonly heading: string;
  readonly spanId: string | null;
  /** Where quotes may come from, and their text; shown in this order. */
  readonly places: readonly { readonly path: string; readonly text: string }[];
}

/**
 * A run in order: retrieved documents, messages with their calls, the output; spans when no messages were
 * recorded or only spans hold the tool calls, after the messages that no span repeats.
 */
export function stepsOf(trace: Trace): Step[] {
  const inMessages = areInMessages(trace);
  const recorded = inMessages ? fromMessages(trace) : fromSpans(trace);
  const conversation = inMessages
    ? recorded
    : [...unrepeated(fromMessages(trace), textsOf(recorded)), ...recorded];
  const shown = textsOf(conversation);
  const steps = [...documents(trace, shown), ...conversation];
  if (trace.messages.length === 0) steps.unshift(step('input', null, '/input', trace.input));
  if (trace.output !== '' && !shown.has(trace.output))
    steps.push(step('final answer', null, '/output', trace.output));
  if (trace.error !== null)
    steps.push(step('error', trace.error.spanId, '/error/message', trace.error.message));
  return steps.filter(({ places }) => places.some(({ text }) => text.trim() !== ''));
}

const textsOf = (steps: readonly Step[]): ReadonlySet<string> =>
  new Set(steps.flatMap(({ places }) => places.map(({ text }) => text)));

/** The steps whose text occurs in none of the others. */
function unrepeated(steps: readonly Step[], others: ReadonlySet<string>): Step[] {
  const text = joined(others);
  return steps.filter(({ places }) => !places.some((place) => text.includes(head(place.text))));
}

const step = (heading: string, spanId: string | null, path: string, text: string): Step => ({
  heading,
  spanId,
  places: [{ path, text }],
});

function fromMessages(trace: Trace): Step[] {
  const steps = Map.groupBy(messageSteps(trace), ({ index }) => index);
  return trace.messages.flatMap(({ role, name, content, spanId }, index) => [
    step(
      role === 'tool' ? `result of ${name ?? 'a tool'}` : role,
      spanId,
      pointer('messages', index, 'content'),
      content,
    ),
    ...(steps.get(index) ?? []).flatMap(({ call, callIndex }) =>
      call === null || callIndex === null
        ? []
        : [callStep(call, spanId, pointer('messages', index, 'toolCalls', callIndex))],
    ),
  ]);
}

const callStep = (call: ToolCall, spanId: string | null, path: string): Step => ({
  heading: 'assistant calls',
  spanId,
  places: [
    { path: `${path}/name`, text: call.name },
    { path: `${path}/arguments`, text: argumentText(call.arguments) },
  ],
});

const argumentText = (given: Json): string =>
  typeof given === 'string' ? given : JSON.stringify(given);

const fromSpans = ({ spans }: Trace): Step[] =>
  spans.flatMap((span, index) => {
    const { id, name, kind, error } = span;
    const path = pointer('spans', index);
    return [
      ...(span.toolCall === null
        ? [
            step(`${kind} ${name}, in`, id, `${path}/input`, span.input),
            step(`${kind} ${name}, out`, id, `${path}/output`, span.output),
          ]
        : callSteps(span, span.toolCall, path)),
      ...(error === null
        ? []
        : [step(`${kind} ${name}, error`, id, `${path}/error/message`, error.message)]),
    ];
  });

/** A call and what came back, as messages show them. */
const callSteps = ({ id, output, toolResult }: Span, call: ToolCall, path: string): Step[] => [
  callStep(call, id, `${path}/toolCall`),
  toolResult === null
    ? step(`result of ${call.name}`, id, `${path}/output`, output)
    : step(`result of ${call.name}`, id, `${path}/toolResult`, toolResult),
];

const PASSAGES = 60;
const SEARCHED = 500_000;

/** The first passages, without those that a message repeats. */
function documents(trace: Trace, shown: ReadonlySet<string>): Step[] {
  const text = joined(shown);
  return trace.documents.slice(0, PASSAGES).flatMap(({ content, title, spanId }, index) => {
    const heading = title === null ? 'passage' : `passage ${title}`;
    return text.includes(head(content))
      ? []
      : [step(heading, spanId, pointer('documents', index, 'content'), content)];
  });
}

const joined = (texts: ReadonlySet<string>): string => [...texts].join('\n').slice(0, SEARCHED);

const head = (text: string): string => text.slice(0, 200);
