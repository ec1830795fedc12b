import { describe, expect, it } from 'vitest';
import { readRecords } from '../testing/read-records.ts';

const TRACE = '4a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SPAN = 'b7ad6b7169203331';
const START = Date.UTC(2026, 0, 5, 10);

/** The same failed model call, as each tool writes it. */
const CALLS: readonly (readonly [string, object, object])[] = [
  [
    'jaeger',
    {
      traceID: TRACE,
      spans: [
        {
          traceID: TRACE,
          spanID: SPAN,
          operationName: 'chat',
          references: [{ refType: 'CHILD_OF', traceID: TRACE, spanID: '00f067aa0ba902b7' }],
          startTime: START * 1000,
          duration: 1_500_000,
          processID: 'p1',
          tags: [
            { key: 'gen_ai.request.model', type: 'string', value: 'gpt-4o' },
            { key: 'gen_ai.usage.input_tokens', type: 'int64', value: '5' },
            { key: 'gen_ai.response.finish_reasons', type: 'string', value: '["stop"]' },
            { key: 'otel.status_code', type: 'string', value: 'ERROR' },
            { key: 'otel.status_description', type: 'string', value: 'rate limited' },
            { key: 'otel.scope.name', type: 'string', value: 'scope' },
          ],
          logs: [
            {
              timestamp: (START + 1000) * 1000,
              fields: [
                { key: 'event', type: 'string', value: 'exception' },
                { key: 'exception.message', type: 'string', value: 'rate limited' },
              ],
            },
          ],
        },
      ],
      processes: { p1: { serviceName: 'bot', tags: [] } },
    },
    {
      resource: { 'service.name': 'bot' },
      attributes: { 'gen_ai.usage.input_tokens': 5, 'gen_ai.response.finish_reasons': ['stop'] },
    },
  ],
  [
    'otel-js-span',
    {
      name: 'chat',
      spanContext: { traceId: TRACE, spanId: SPAN },
      parentSpanContext: { spanId: '00f067aa0ba902b7' },
      startTime: [START / 1000, 0],
      endTime: [START / 1000 + 1, 500_000_000],
      status: { code: 2, message: 'rate limited' },
      attributes: { 'gen_ai.request.model': 'gpt-4o' },
      events: [
        {
          name: 'exception',
          time: [START / 1000 + 1, 0],
          attributes: { 'exception.message': 'rate limited' },
        },
      ],
      resource: { attributes: { 'service.name': 'bot' } },
      instrumentationScope: { name: 'scope' },
    },
    { resource: { 'service.name': 'bot' } },
  ],
  [
    'otel-js-console',
    {
      traceId: TRACE,
      id: SPAN,
      parentSpanContext: { spanId: '00f067aa0ba902b7' },
      name: 'chat',
      timestamp: START * 1000,
      duration: 1_500_000,
      status: { code: 2, message: 'rate limited' },
      attributes: { 'gen_ai.request.model': 'gpt-4o' },
      events: [
        {
          name: 'exception',
          time: [START / 1000 + 1, 0],
          attributes: { 'exception.message': 'rate limited' },
        },
      ],
      instrumentationScope: { name: 'scope' },
    },
    {},
  ],
  [
    'otel-python-span',
    {
      name: 'chat',
      context: { trace_id: `0x${TRACE}`, span_id: `0x${SPAN}`, trace_state: '[]' },
      kind: 'SpanKind.CLIENT',
      parent_id: '0x00f067aa0ba902b7',
      start_time: '2026-01-05T10:00:00.000000Z',
      end_time: '2026-01-05T10:00:01.500000Z',
      status: { status_code: 'ERROR', description: 'rate limited' },
      attributes: { 'gen_ai.request.model': 'gpt-4o' },
      events: [
        {
          name: 'exception',
          timestamp: '2026-01-05T10:00:01.000000Z',
          attributes: { 'exception.message': 'rate limited' },
        },
      ],
      resource: { attributes: { 'service.name': 'bot' } },
      instrumentation_scope: {},
      scope: 'scope',
    },
    { resource: { 'service.name': 'bot' } },
  ],
  [
    'phoenix-span',
    {
      id: 'U3Bhbjox',
      name: 'chat',
      context: { trace_id: TRACE, span_id: SPAN },
      span_kind: 'LLM',
      parent_id: '00f067aa0ba902b7',
      start_time: '2026-01-05T10:00:00+00:00',
      end_time: '2026-01-05T11:00:01.5+01:00',
      status_code: 'ERROR',
      status_message: 'rate limited',
      scope: 'scope',
      attributes: {
        gen_ai: { request: { model: 'gpt-4o' } },
        llm: {
          model_name: 'gpt-4o',
          invocation_parameters: '{"temperature":0}',
          input_messages: [{ message: { role: 'user', content: 'hi' } }],
        },
        metadata: { tenant: 'acme' },
      },
      events: [
        {
          name: 'exception',
          timestamp: '2026-01-05T10:00:01Z',
          attributes: { 'exception.message': 'rate limited' },
        },
      ],
    },
    {
      attributes: {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-4o',
        'llm.input_messages.0.message.role': 'user',
        'llm.input_messages.0.message.content': 'hi',
        'llm.invocation_parameters': '{"temperature":0}',
        metadata: { tenant: 'acme' },
      },
    },
  ],
  [
    'phoenix-dataframe',
    {
      name: 'chat',
      'context.trace_id': TRACE,
      'context.span_id': SPAN,
      span_kind: 'LLM',
      parent_id: '00f067aa0ba902b7',
      start_time: '2026-01-05T10:00:00.000Z',
      end_time: '2026-01-05T10:00:01.500Z',
      status_code: 'ERROR',
      status_message: 'rate limited',
      scope: 'scope',
      'attributes.gen_ai.request.model': 'gpt-4o',
      'attributes.llm.input_messages': [{ 'message.role': 'user', 'message.content': 'hi' }],
      'attributes.llm.token_count.prompt': '5',
      events: [
        {
          name: 'exception',
          timestamp: '2026-01-05T10:00:01Z',
          attributes: { 'exception.message': 'rate limited' },
        },
      ],
    },
    {
      attributes: {
        'llm.input_messages.0.message.content': 'hi',
        'llm.token_count.prompt': '5',
      },
    },
  ],
  [
    'mlflow-trace',
    {
      info: {
        trace_id: `tr-${TRACE}`,
        state: 'ERROR',
        trace_metadata: { 'mlflow.trace.user': 'u-1' },
        tags: {},
      },
      data: {
        spans: [
          {
            trace_id: 'ShssPU5fYHGCk6S1xtfo+Q==',
            span_id: 't61rcWkgMzE=',
            parent_span_id: 'APBnqgupArc=',
            name: 'chat',
            start_time_unix_nano: START * 1e6,
            end_time_unix_nano: (START + 1500) * 1e6,
            status: { code: 'STATUS_CODE_ERROR', message: 'rate limited' },
            attributes: { 'mlflow.spanType': '"CHAT_MODEL"', 'gen_ai.request.model': 'gpt-4o' },
            events: [
              {
                name: 'exception',
                time_unix_nano: (START + 1000) * 1e6,
                attributes: { 'exception.message': 'rate limited' },
              },
            ],
          },
        ],
      },
    },
    { scope: '', attributes: { 'mlflow.spanType': '"CHAT_MODEL"' } },
  ],
];

describe('a failed model call', () => {
  it.each(CALLS)('is the same span from %s', (format, value, own) => {
    const { formats, spans } = readRecords([value as never]);
    expect(formats).toEqual([format]);
    expect(spans).toHaveLength(1);
    const { attributes = {}, ...rest } = own as { attributes?: object };
    expect(spans[0]).toMatchObject({
      traceId: TRACE,
      spanId: SPAN,
      parentId: '00f067aa0ba902b7',
      name: 'chat',
      startTime: START,
      endTime: START + 1500,
      statusCode: 'error',
      statusMessage: 'rate limited',
      scope: 'scope',
      events: [
        {
          name: 'exception',
          time: START + 1000,
          attributes: { 'exception.message': 'rate limited' },
        },
      ],
      attributes: {
        ...(format === 'phoenix-span' ? {} : { 'gen_ai.request.model': 'gpt-4o' }),
        ...attributes,
      },
      ...rest,
    });
  });
});
