import { describe, expect, test } from 'vitest';
import { type RawSpan, traceOfRecords } from '../src/collect/receive.ts';
import type { Json, JsonObject } from '../src/contract/json.ts';
import { READINESS_ITEMS, type ReadinessItem, SDKS } from '../src/contract/readiness.ts';
import type { Trace } from '../src/contract/trace.ts';
import { makeSpan, makeTrace } from '../src/testing/trace.ts';
import { readinessOf } from '../src/trace/readiness.ts';
import { sdkOf } from '../src/trace/sdk.ts';
import { sdkLines } from '../src/trace/sdk-line.ts';

const message = (role: 'user' | 'assistant' | 'tool', content: string) => ({
  ...{ role, content, toolCalls: [], toolCallId: null, name: null, spanId: null },
});

test('an empty trace lacks what every trace should carry, and no more', () => {
  expect(readinessOf(makeTrace())).toEqual({
    carries: [],
    lacks: ['input', 'output', 'scores', 'tenant', 'user', 'session', 'environment', 'release'],
  });
});

test('a trace with everything lacks nothing', () => {
  const call = { id: 'c', name: 'look_up', arguments: {} };
  const trace = makeTrace({
    messages: [
      message('user', 'Where is it?'),
      { ...message('assistant', ''), toolCalls: [call] },
      { ...message('tool', 'in Berlin'), toolCallId: 'c' },
      message('assistant', 'In Berlin.'),
    ],
    tools: [{ name: 'look_up', description: '', parameters: null }],
    documents: [{ id: null, content: 'x', title: null, score: null, spanId: null }],
    scores: [
      {
        ...{ name: 's', value: 1, label: null, explanation: null },
        annotator: 'human',
        spanId: null,
      },
    ],
    ...{ promptVersion: 'v4', model: 'm', tenant: 't', user: 'u', session: 's' },
    ...{ environment: 'production', release: '1' },
    usage: {
      inputTokens: 1,
      outputTokens: 1,
      cachedTokens: null,
      reasoningTokens: null,
      cost: null,
    },
    spans: [
      makeSpan({ id: 'root', startTime: 1, endTime: 5 }),
      makeSpan({ id: 'm', parentId: 'root', kind: 'model', finishReason: 'stop' }),
      makeSpan({ id: 'r', parentId: 'root', kind: 'retrieval' }),
      makeSpan({
        id: 't',
        parentId: 'root',
        kind: 'tool',
        toolCall: call,
        toolResult: 'in Berlin',
      }),
    ],
  });
  expect(readinessOf(trace)).toEqual({ carries: READINESS_ITEMS, lacks: [] });
});

describe('what counts as carried', () => {
  const carried = (item: ReadinessItem, trace: Trace): boolean | null => {
    const { carries, lacks } = readinessOf(trace);
    return carries.includes(item) ? true : lacks.includes(item) ? false : null;
  };
  const model = makeSpan({ kind: 'model' });

  test('an answer of a trace that ended in an error is not missed', () => {
    const error = { type: 'Timeout', message: '', spanId: null };
    expect(carried('output', makeTrace({ error }))).toBe(null);
  });

  test('a version read off the system prompt was not recorded', () => {
    expect(
      carried('prompt_version', makeTrace({ spans: [model], promptVersion: 'sha:0123456789ab' })),
    ).toBe(false);
    expect(carried('prompt_version', makeTrace({ spans: [model], promptVersion: 'v4' }))).toBe(
      true,
    );
    expect(carried('prompt_version', makeTrace())).toBe(null);
  });

  test('tool calls of which one has no result', () => {
    const tool = makeSpan({ kind: 'tool' });
    const gap = { kind: 'missing_tool_result', spanId: tool.id, detail: '' } as const;
    expect(carried('tool_results', makeTrace({ spans: [tool], gaps: [gap] }))).toBe(false);
    expect(carried('tool_results', makeTrace({ spans: [tool] }))).toBe(true);
    expect(carried('tool_results', makeTrace({ spans: [model] }))).toBe(null);
  });

  test('an orphan is no root; a root that only began has not ended', () => {
    const span = makeSpan({ id: 'a', startTime: 1, endTime: 2 });
    const gap = { kind: 'orphan_span', spanId: 'a', detail: '' } as const;
    expect(carried('root', makeTrace({ spans: [span] }))).toBe(true);
    expect(carried('root', makeTrace({ spans: [span], gaps: [gap] }))).toBe(false);
    const begun = makeSpan({ id: 'root', startTime: 1, endTime: 1 });
    const child = { ...span, parentId: 'root' };
    expect(carried('root', makeTrace({ spans: [begun, child] }))).toBe(false);
    expect(carried('root', makeTrace({ spans: [begun] }))).toBe(true);
  });

  test('model, tokens and finish reason are asked of traces that call a model', () => {
    for (const item of ['model', 'usage', 'finish_reason'] as const) {
      expect(carried(item, makeTrace({ spans: [model] }))).toBe(false);
      expect(carried(item, makeTrace())).toBe(null);
    }
  });
});

/** A trace with one span that carries the given attributes, as it would be received over OpenTelemetry. */
function received(attributes: JsonObject, events: RawSpan['events'] = []): Trace {
  const span = {
    ...{ traceId: 't', spanId: 's', parentId: null, name: 'call', startTime: 1, endTime: 2 },
    ...({ statusCode: 'unset', statusMessage: '', scope: '', links: [] } as const),
    ...{ attributes, events, resource: {}, droppedAttributes: 0 },
  };
  const records = { id: 't', spans: [span], logs: [], scores: [] };
  return traceOfRecords(records, { file: 'store', format: 'otlp', line: null })!.trace;
}

describe('the SDK of a trace', () => {
  test.each([
    ['opentelemetry', { 'gen_ai.operation.name': 'chat' }],
    ['openinference', { 'openinference.span.kind': 'LLM', 'gen_ai.system': 'openai' }],
    ['openllmetry', { 'traceloop.span.kind': 'workflow' }],
    ['openllmetry', { 'llm.request.type': 'chat', 'gen_ai.system': 'openai' }],
    ['langfuse', { 'langfuse.observation.type': 'generation' }],
    ['ai-sdk', { 'ai.operationId': 'ai.generateText', 'langfuse.environment': 'production' }],
    ['langsmith', { 'langsmith.span.kind': 'llm', 'gen_ai.system': 'openai' }],
    ['other', { 'http.request.method': 'GET' }],
  ] as const)('%s', (sdk, attributes) => {
    expect(sdkOf(received(attributes))).toBe(sdk);
  });
});

/** What the attributes that a line sets may hold. */
const VALUES: Readonly<Record<string, Json>> = {
  'gen_ai.input.messages': JSON.stringify([
    { role: 'user', parts: [{ type: 'text', content: 'q' }] },
  ]),
  'gen_ai.output.messages': JSON.stringify([
    { role: 'assistant', parts: [{ type: 'text', content: 'a' }] },
  ]),
  'gen_ai.tool.call.result': '{"found":true}',
  'gen_ai.tool.definitions': JSON.stringify([{ type: 'function', name: 'look_up' }]),
  'gen_ai.retrieval.documents': JSON.stringify([{ id: '1', content: 'text' }]),
  'gen_ai.usage.input_tokens': 9,
  'gen_ai.usage.output_tokens': 4,
  'gen_ai.response.finish_reasons': ['stop'],
  'llm.token_count.prompt': 9,
  'llm.token_count.completion': 4,
  'llm.tools.0.tool.json_schema': JSON.stringify({
    type: 'function',
    function: { name: 'look_up', parameters: {} },
  }),
};

/** Kinds of the span that a line is for. */
const KIND: Readonly<Partial<Record<ReadinessItem, JsonObject>>> = {
  tool_results: { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'look_up' },
  documents: { 'gen_ai.operation.name': 'retrieval' },
  tool_definitions: {
    'gen_ai.operation.name': 'chat',
    'gen_ai.output.messages': JSON.stringify([
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', name: 'look_up', id: 'c', arguments: {} }],
      },
    ]),
  },
};
const MODEL = { 'gen_ai.operation.name': 'chat' };

const lined = SDKS.flatMap((sdk) =>
  READINESS_ITEMS.flatMap((item) => {
    const keys = sdkLines(sdk, item).flatMap(({ code }) => {
      const set = /set_?[aA]ttribute\(['"]([^'"]+)['"]/.exec(code)?.[1];
      return set === undefined ? [] : [set];
    });
    return keys.length === 0 ? [] : [{ sdk, item, keys: [...new Set(keys)] }];
  }),
);

test.each(lined)('$sdk: the attributes $keys bring $item', ({ item, keys }) => {
  const before = { ...(KIND[item] ?? MODEL) };
  expect(readinessOf(received(before)).lacks).toContain(item);
  const added = Object.fromEntries(keys.map((key) => [key, VALUES[key] ?? 'x']));
  expect(readinessOf(received({ ...before, ...added })).carries).toContain(item);
});

/** Attributes that the other lines set, as the source of each SDK has them. */
const SET_BY_SDK = [
  ['openinference', 'prompt_version', { 'llm.prompt_template.version': 'v4' }],
  ['openinference', 'tenant', { metadata: '{"tenant_id":"acme"}' }],
  ['openinference', 'user', { 'user.id': 'u' }],
  ['openinference', 'session', { 'session.id': 's' }],
  ['openllmetry', 'tenant', { 'traceloop.association.properties.tenant_id': 'acme' }],
  ['openllmetry', 'user', { 'traceloop.association.properties.user_id': 'u' }],
  ['openllmetry', 'session', { 'traceloop.association.properties.session_id': 's' }],
  ['langfuse', 'prompt_version', { 'langfuse.observation.prompt.version': 4 }],
  ['langfuse', 'model', { 'langfuse.observation.model.name': 'm' }],
  ['langfuse', 'usage', { 'langfuse.observation.usage_details': '{"input":9,"output":4}' }],
  ['langfuse', 'tenant', { 'langfuse.trace.metadata.tenant_id': 'acme' }],
  ['langfuse', 'user', { 'user.id': 'u' }],
  ['langfuse', 'session', { 'session.id': 's' }],
  ['langfuse', 'environment', { 'langfuse.environment': 'production' }],
  ['langfuse', 'release', { 'langfuse.release': '1.4.2' }],
  ['langsmith', 'prompt_version', { 'langsmith.metadata.lc_hub_commit_hash': 'v4' }],
  ['langsmith', 'model', { 'langsmith.metadata.ls_model_name': 'm' }],
  ['langsmith', 'tenant', { 'langsmith.metadata.tenant_id': 'acme' }],
  ['langsmith', 'user', { 'langsmith.metadata.user_id': 'u' }],
  ['langsmith', 'session', { 'langsmith.metadata.session_id': 's' }],
  ['langsmith', 'environment', { 'langsmith.metadata.environment': 'production' }],
  ['langsmith', 'release', { 'langsmith.metadata.revision_id': '1.4.2' }],
  ['ai-sdk', 'user', { 'ai.settings.context.userId': 'u' }],
  ['ai-sdk', 'user', { 'ai.telemetry.metadata.userId': 'u' }],
  ['ai-sdk', 'session', { 'ai.settings.context.sessionId': 's' }],
  ['ai-sdk', 'session', { 'ai.telemetry.metadata.sessionId': 's' }],
  ['ai-sdk', 'tenant', { 'ai.settings.context.tenantId': 'acme' }],
  ['ai-sdk', 'tenant', { 'ai.telemetry.metadata.tenantId': 'acme' }],
] as const;

test.each(SET_BY_SDK)('%s: what it sets for %s is read', (sdk, item, attributes) => {
  expect(sdkLines(sdk, item)).not.toEqual([]);
  expect(readinessOf(received({ ...MODEL, ...attributes })).carries).toContain(item);
});

test('the event that a line adds is a score', () => {
  const [line] = sdkLines('opentelemetry', 'scores');
  const [, name = '', attributes = ''] =
    /addEvent\('([^']+)', (\{.+\})\);$/.exec(line?.code ?? '') ?? [];
  const event = { name, time: 1, attributes: JSON.parse(attributes.replaceAll("'", '"')) };
  expect(received(MODEL, [event]).scores).toMatchObject([{ name: 'helpful', value: 0 }]);
});

test('lines in Python and JavaScript say the same', () => {
  expect(sdkLines('opentelemetry', 'input').map(({ code }) => code)).toEqual([
    'OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=true',
    "span.setAttribute('gen_ai.input.messages', JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: question }] }]));",
    'span.set_attribute("gen_ai.input.messages", json.dumps([{"role": "user", "parts": [{"type": "text", "content": question}]}]))',
  ]);
});
