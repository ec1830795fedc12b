import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { RawSpan } from '../record.ts';
import { spanOf } from '../testing/raw.ts';

const exception = (attributes: JsonObject): Partial<RawSpan> => ({
  events: [{ name: 'exception', time: null, attributes }],
});

describe('a span failed', () => {
  const rows: readonly [string, JsonObject, Partial<RawSpan>, string, string][] = [
    ['by status', {}, { statusCode: 'error', statusMessage: 'boom' }, '_OTHER', 'boom'],
    [
      'by an exception although its status is OK (LangSmith)',
      {},
      {
        statusCode: 'ok',
        ...exception({ 'exception.type': 'Error', 'exception.message': 'Error: 429 Rate limit' }),
      },
      '429',
      'Error: 429 Rate limit',
    ],
    ['by error.type', { 'error.type': 'timeout' }, {}, 'timeout', ''],
    [
      'by level ERROR although its status is unset (Langfuse)',
      { 'langfuse.observation.level': 'ERROR', 'langfuse.observation.status_message': 'no quota' },
      {},
      '_OTHER',
      'no quota',
    ],
    ['by severity (Logfire)', { 'logfire.level_num': 17 }, {}, '_OTHER', ''],
    ['by an error tag (Jaeger)', { error: true }, {}, '_OTHER', ''],
    [
      'by a result that calls itself an error (MCP)',
      {
        'gen_ai.tool.name': 't',
        'gen_ai.tool.call.result': '{"isError":true,"content":"no such order"}',
      },
      {},
      '_OTHER',
      '{"isError":true,"content":"no such order"}',
    ],
    [
      'by a result with status error (LangChain)',
      { 'gen_ai.tool.name': 't', 'output.value': '{"output":{"status":"error","content":"x"}}' },
      {},
      '_OTHER',
      '{"output":{"status":"error","content":"x"}}',
    ],
  ];
  it.each(rows)('%s', (_, attributes, parts, type, message) => {
    const span = spanOf(attributes, parts);
    expect(span.status).toBe('error');
    expect(span.error).toEqual({ type, message, spanId: span.id });
  });

  it.each<[string, JsonObject, Partial<RawSpan>]>([
    ['status OK', {}, { statusCode: 'ok' }],
    [
      'a warning (Langfuse)',
      { 'langfuse.observation.level': 'WARNING', 'langfuse.observation.status_message': 'near' },
      {},
    ],
    [
      'a guardrail that blocks',
      { 'gen_ai.span.kind': 'GUARDRAIL', 'gen_ai.guardrail.result': 'block' },
      {},
    ],
    [
      'a deferred tool (PydanticAI)',
      { 'pydantic_ai.tool.deferral.name': 'CallDeferred' },
      exception({ 'exception.type': 'pydantic_ai.CallDeferred' }),
    ],
    [
      'an interrupt that asks a person (LangGraph)',
      {},
      {
        statusCode: 'error',
        ...exception({ 'exception.type': 'langgraph.errors.GraphInterrupt' }),
      },
    ],
    [
      'a tool result that speaks of errors',
      { 'gen_ai.tool.name': 't', 'output.value': '{"is_error":false,"text":"error codes"}' },
      {},
    ],
  ])('but not by %s', (_, attributes, parts) => {
    expect(spanOf(attributes, parts).error).toBeNull();
  });
});

describe('the type of an error', () => {
  it.each<[string, JsonObject, Partial<RawSpan>, string]>([
    [
      'error.type first',
      { 'error.type': '429' },
      exception({ 'exception.type': 'RateLimitError' }),
      '429',
    ],
    [
      'error.type that says nothing gives way',
      { 'error.type': '_OTHER' },
      exception({ 'exception.type': 'RateLimitError' }),
      'RateLimitError',
    ],
    [
      'the class of the exception without its module',
      {},
      exception({ 'exception.type': 'openai.RateLimitError' }),
      'RateLimitError',
    ],
    [
      'a bare Error gives way to the name in the message',
      {},
      exception({ 'exception.type': 'Error', 'exception.message': 'TimeoutError: slow' }),
      'TimeoutError',
    ],
    [
      'a name with its module in the status message',
      {},
      { statusCode: 'error', statusMessage: 'litellm.RateLimitError: slow down' },
      'RateLimitError',
    ],
    [
      'the HTTP code in the message',
      {},
      { statusCode: 'error', statusMessage: 'upstream said 503' },
      '503',
    ],
    ['nothing known', {}, { statusCode: 'error', statusMessage: 'order 12345 lost' }, '_OTHER'],
  ])('is %s', (_, attributes, parts, type) => {
    expect(spanOf(attributes, parts).error?.type).toBe(type);
  });
});

describe('the message of an error', () => {
  it.each<[string, JsonObject, Partial<RawSpan>, string]>([
    [
      'the exception before the status',
      {},
      { statusCode: 'error', statusMessage: 'b', ...exception({ 'exception.message': 'a' }) },
      'a',
    ],
    [
      'the status before error.message',
      { 'error.message': 'b' },
      { statusCode: 'error', statusMessage: 'a' },
      'a',
    ],
    [
      'without the stack and said once (LangChain)',
      {},
      {
        statusCode: 'error',
        statusMessage: 'slow\n\nError: slow\n    at tool.name (file.mjs:14:32)\n    at next',
      },
      'slow',
    ],
  ])('is %s', (_, attributes, parts, message) => {
    expect(spanOf(attributes, parts).error?.message).toBe(message);
  });
});
