import type { FileFacts } from '../contract/file-facts.ts';
import type { Json, JsonObject } from '../contract/json.ts';
import type { Signal } from '../contract/signal.ts';
import type { Message, Score, Span, ToolCall, ToolDefinition, Trace } from '../contract/trace.ts';
import type { Detector } from '../detect/define.ts';
import { fileReaders } from '../detect/file/file-reader.ts';
import { fileSummary } from '../detect/file/file-summary.ts';
import { starterMatcher } from '../detect/policy/matcher.ts';
import type { DetectOptions } from '../detect/run/options.ts';
import { Run } from '../detect/run/run.ts';
import { Examination } from '../detect/signals.ts';

/** A trace with the given parts; input and output follow from the messages unless given. */
export function makeTrace(parts: Partial<Trace> = {}): Trace {
  const messages = parts.messages ?? [];
  const last = (role: Message['role']): string =>
    messages.filter((message) => message.role === role).at(-1)?.content ?? '';
  return {
    id: 'trace-1',
    name: null,
    project: null,
    tenant: null,
    user: null,
    session: null,
    environment: null,
    release: null,
    promptName: null,
    promptVersion: null,
    model: null,
    provider: null,
    tags: [],
    metadata: {},
    startTime: null,
    endTime: null,
    status: 'unset',
    error: null,
    input: last('user'),
    output: last('assistant'),
    messages,
    tools: [],
    documents: [],
    scores: [],
    usage: noUsage,
    spans: [],
    gaps: [],
    origin: { file: 'test.jsonl', format: 'test', line: 1 },
    ...parts,
  };
}

export function makeSpan(parts: Partial<Span> = {}): Span {
  return {
    id: 'span-1',
    parentId: null,
    name: '',
    kind: 'other',
    startTime: null,
    endTime: null,
    status: 'unset',
    error: null,
    model: null,
    provider: null,
    input: '',
    output: '',
    toolCall: null,
    toolResult: null,
    documents: [],
    finishReason: null,
    usage: noUsage,
    usageIsAggregate: false,
    attributes: {},
    ...parts,
  };
}

/** A score by a person with the given parts. */
export const makeScore = (parts: Partial<Score> = {}): Score => ({
  name: 'score',
  value: null,
  label: null,
  explanation: null,
  annotator: 'human',
  spanId: null,
  ...parts,
});

/** A message with the given parts beside its text. */
export const message = (
  role: Message['role'],
  content: string,
  parts: Partial<Message> = {},
): Message => ({
  role,
  content,
  toolCalls: [],
  toolCallId: null,
  name: null,
  spanId: null,
  ...parts,
});
export const system = (content: string): Message => message('system', content);
export const user = (content: string): Message => message('user', content);
export const assistant = (content: string, ...toolCalls: readonly ToolCall[]): Message => ({
  ...message('assistant', content),
  toolCalls,
});
/** The result of call `id`; objects are written as JSON. */
export const result = (id: string, name: string, content: Json): Message => ({
  ...message('tool', typeof content === 'string' ? content : JSON.stringify(content)),
  toolCallId: id,
  name,
});
export const call = (name: string, args: Json, id = 'call-1'): ToolCall => ({
  id,
  name,
  arguments: args,
});
/** A tool with an object schema of the given properties. */
export const tool = (
  name: string,
  properties: JsonObject,
  required: readonly string[] = [],
  description = '',
): ToolDefinition => ({
  name,
  description,
  parameters: { type: 'object', properties, required },
});

/** Two tools that detectors are tested with. */
export const weather = tool(
  'get_weather_forecast',
  { city: { type: 'string' }, days: { type: 'integer' } },
  ['city'],
  'Weather forecast for a city.',
);
export const lawyer = tool(
  'find_divorce_lawyer',
  { area: { type: 'string' } },
  [],
  'Find a lawyer by specialty.',
);

export const defaultOptions: DetectOptions = {
  scores: [],
  stepBudget: 50,
  policy: starterMatcher(),
  fileReader: fileReaders(),
};

/** A run of the trace under the default options. */
export const runOf = (trace: Trace, options: Partial<DetectOptions> = {}): Run =>
  new Run(trace, { ...defaultOptions, ...options });

/** What one detector says about the trace. */
export const signalsOf = (
  detector: Detector,
  trace: Trace,
  options: Partial<DetectOptions> = {},
  file: FileFacts | null = null,
): readonly Signal[] => new Examination([detector]).signals(runOf(trace, options), file);

/** The facts of an input that consists of these traces. */
export function fileOf(traces: readonly Trace[]): FileFacts {
  const summary = fileSummary();
  for (const trace of traces) summary.add(runOf(trace));
  return summary.freeze();
}

/** The signals that said yes. */
export const yes = (
  detector: Detector,
  trace: Trace,
  options: Partial<DetectOptions> = {},
  file: FileFacts | null = null,
): readonly Signal[] =>
  signalsOf(detector, trace, options, file).filter((signal) => signal.verdict === 'yes');

/** The causes of the signals that said yes, each as one text. */
export const causes = (...args: Parameters<typeof yes>) =>
  yes(...args).map(({ cause }) => cause.join(' | '));

export const noUsage = {
  inputTokens: null,
  outputTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  cost: null,
};
