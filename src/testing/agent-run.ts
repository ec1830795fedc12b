import type { Json, JsonObject } from '../contract/json.ts';

/** A run of an agent with one tool, as an application would log it. */
export interface AgentRun {
  readonly id: string;
  readonly request: string;
  readonly steps: readonly {
    readonly tool: string;
    readonly args: JsonObject;
    readonly result: Json;
  }[];
  readonly answer: string;
  /** What a person said of it; null for nothing. */
  readonly passed: boolean | null;
}

/** One JSON object a line, in the form of chat messages. */
export const asChatLines = (runs: readonly AgentRun[]): string =>
  runs
    .map((run) =>
      JSON.stringify({
        trace_id: run.id,
        messages: messagesOf(run),
        ...(run.passed === null ? {} : { scores: { passed: Number(run.passed) } }),
      }),
    )
    .join('\n');

/** A table with the messages in one column. */
export const asCsv = (runs: readonly AgentRun[]): string =>
  [
    'trace_id,messages,scores',
    ...runs.map((run) =>
      [
        run.id,
        JSON.stringify(messagesOf(run)),
        run.passed === null ? '' : JSON.stringify({ passed: Number(run.passed) }),
      ]
        .map((cell) => `"${cell.replaceAll('"', '""')}"`)
        .join(','),
    ),
  ].join('\n');

/** One OTLP export: a model span with the whole conversation for each run, and an evaluation event. */
export const asOtlp = (runs: readonly AgentRun[]): string =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'recipes')] },
        scopeSpans: [{ scope: { name: 'recipes' }, spans: runs.map(spanOf) }],
      },
    ],
  });

function messagesOf({ request, steps, answer }: AgentRun): JsonObject[] {
  return [
    { role: 'user', content: request },
    ...steps.flatMap(({ tool, args, result }, at): JsonObject[] => [
      {
        role: 'assistant',
        content: '',
        tool_calls: [
          {
            id: `call-${at}`,
            type: 'function',
            function: { name: tool, arguments: JSON.stringify(args) },
          },
        ],
      },
      { role: 'tool', tool_call_id: `call-${at}`, name: tool, content: textOf(result) },
    ]),
    { role: 'assistant', content: answer },
  ];
}

function spanOf(run: AgentRun, index: number): JsonObject {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const start = 1_780_000_000_000 + index * 60_000;
  return {
    traceId: run.id,
    spanId: hex(index + 1, 16),
    name: 'chat',
    kind: 3,
    startTimeUnixNano: `${start}000000`,
    endTimeUnixNano: `${start + 900}000000`,
    attributes: [
      text('gen_ai.operation.name', 'chat'),
      text('gen_ai.input.messages', JSON.stringify(partsOf(run))),
      text(
        'gen_ai.output.messages',
        JSON.stringify([
          {
            role: 'assistant',
            parts: [{ type: 'text', content: run.answer }],
            finish_reason: 'stop',
          },
        ]),
      ),
    ],
    events:
      run.passed === null
        ? []
        : [
            {
              name: 'gen_ai.evaluation.result',
              timeUnixNano: `${start + 900}000000`,
              attributes: [
                text('gen_ai.evaluation.name', 'passed'),
                {
                  key: 'gen_ai.evaluation.score.value',
                  value: { doubleValue: Number(run.passed) },
                },
              ],
            },
          ],
  };
}

const partsOf = ({ request, steps }: AgentRun): JsonObject[] => [
  { role: 'user', parts: [{ type: 'text', content: request }] },
  ...steps.flatMap(({ tool, args, result }, at): JsonObject[] => [
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: `call-${at}`, name: tool, arguments: args }],
    },
    {
      role: 'tool',
      parts: [{ type: 'tool_call_response', id: `call-${at}`, response: textOf(result) }],
    },
  ]),
];

const text = (key: string, value: string): JsonObject => ({ key, value: { stringValue: value } });

const textOf = (result: Json): string =>
  typeof result === 'string' ? result : JSON.stringify(result);
