import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Message, Span } from '../../contract/trace.ts';
import { statementText } from '../../text/statement.ts';
import type { Fields } from '../answer/answer.ts';
import { recorded } from '../answer/recorded.ts';
import type { TraceView } from '../backend.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { reportOf } from './find-cause.ts';
import { name, nameOrNull, shownId, traceArgument, traceName } from './names.ts';

/** Characters of a step in the list of steps; one step alone is shown whole. */
const SHORT = 300;

export const getTrace: Tool = defineTool({
  name: 'get_trace',
  description:
    'A trace step by step, each step shortened; with `step`, that step whole. Signals say what went wrong and where.',
  input: z.strictObject({
    trace: z.string().min(1).max(500).describe('id'),
    step: z.int().min(1).optional().describe('number of a step, to read it whole'),
    cursor,
  }),
  isReadOnly: true,
  async run({ trace: id, step }, { backend }) {
    const { analysis } = await reportOf(backend);
    const failure = analysis.failures.find(
      ({ traceId }) => traceId === id || shownId(traceId) === id,
    );
    const trace = await backend.trace(failure?.traceId ?? id);
    if (trace === null)
      throw new CulpritError(
        'invalid_input',
        `there is no trace ${shownId(id)} in ${backend.source}: search and get_cause have ids`,
      );
    const steps = stepsOf(trace);
    const chosen = step === undefined ? steps : steps.slice(step - 1, step);
    if (chosen.length === 0 && step !== undefined)
      throw new CulpritError('invalid_input', `step ${step}: the trace has ${steps.length} steps`);
    const most = step === undefined ? SHORT : Number.POSITIVE_INFINITY;
    const isCut = chosen.some(({ text }) => text.length > most);
    return {
      facts: {
        ...{ trace: traceName(trace.id), name: nameOrNull(trace.name) },
        cause: failure?.cluster ?? null,
        ...{ tenant: nameOrNull(trace.tenant), model: nameOrNull(trace.model) },
        ...{
          promptVersion: nameOrNull(trace.promptVersion),
          release: nameOrNull(trace.release),
        },
        error: trace.error === null ? null : recorded(errorText(trace.error), SHORT),
        signals: (failure?.signals ?? []).slice(0, 5).map(({ statement, evidence }) => ({
          says: name(statementText(statement), 300),
          at: nameOrNull(evidence[0]?.path ?? null),
        })),
        ...{ steps: steps.length, missing: trace.missing },
      },
      list: {
        name: 'shown',
        items: chosen.map(({ text, ...facts }) => ({ ...facts, text: recorded(text, most) })),
      },
      next:
        isCut && traceArgument(id) !== null
          ? {
              tool: 'get_trace',
              arguments: { trace: id, step: chosen.find(({ text }) => text.length > most)!.step },
              why: 'read a step that is shortened here, whole',
            }
          : {
              tool: 'get_cause',
              arguments: { cause: failure?.cluster ?? '1' },
              why: 'what such traces have in common',
            },
    };
  },
});

const errorText = ({ type, message }: { readonly type: string; readonly message: string }) =>
  `${type}: ${message}`;

interface Step extends Fields {
  readonly step: number;
  readonly text: string;
}

/** Messages with their calls; spans where no conversation is recorded. */
const stepsOf = ({ messages, spans }: TraceView): readonly Step[] =>
  (messages.length > 0 ? messages.flatMap(messageSteps) : spans.map(spanStep)).map((step, at) => ({
    step: at + 1,
    ...step,
  }));

const messageSteps = ({ role, name: named, content, toolCalls }: Message) => [
  ...(content === '' && toolCalls.length > 0
    ? []
    : [{ role, tool: role === 'tool' ? nameOrNull(named) : null, text: content }]),
  ...toolCalls.map((call) => ({
    role: 'call',
    tool: name(call.name),
    text:
      typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments, null, 1),
  })),
];

const spanStep = ({ kind, name: named, input, output, error }: Span) => ({
  role: kind,
  tool: name(named),
  text: [input && `in: ${input}`, output && `out: ${output}`, error && `error: ${errorText(error)}`]
    .filter(Boolean)
    .join('\n'),
});
