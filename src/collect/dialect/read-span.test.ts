import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { SpanKind, Usage } from '../../contract/trace.ts';
import { reading, spanOf } from '../testing/raw.ts';

const child = { parentId: 'c'.repeat(16) };

describe('kind', () => {
  const rows: readonly [string, JsonObject, SpanKind, object?][] = [
    [
      'Langfuse beats all',
      { 'langfuse.observation.type': 'tool', 'openinference.span.kind': 'LLM' },
      'tool',
    ],
    [
      'a Langfuse span says nothing',
      { 'langfuse.observation.type': 'span', 'gen_ai.operation.name': 'chat' },
      'model',
    ],
    ['OpenInference', { 'openinference.span.kind': 'RERANKER' }, 'rerank'],
    [
      'LangSmith beats the operation it mislabels',
      { 'langsmith.span.kind': 'retriever', 'gen_ai.operation.name': 'embeddings' },
      'retrieval',
    ],
    ['traceAI, Python', { 'gen_ai.span.kind': 'GUARDRAIL' }, 'guardrail'],
    ['traceAI, TypeScript', { 'fi.span.kind': 'VECTOR_DB' }, 'retrieval'],
    ['Traceloop', { 'traceloop.span.kind': 'agent' }, 'agent'],
    ['Traceloop task below', { 'traceloop.span.kind': 'task' }, 'step', child],
    ['MLflow, encoded', { 'mlflow.spanType': '"CHAT_MODEL"' }, 'model'],
    ['OTel operation', { 'gen_ai.operation.name': 'execute_tool' }, 'tool'],
    ['OTel memory', { 'gen_ai.operation.name': 'search_memory' }, 'memory'],
    ['AI SDK root', { 'ai.operationId': 'ai.generateText' }, 'agent'],
    ['AI SDK call', { 'ai.operationId': 'ai.streamText.doStream' }, 'model'],
    [
      'AI SDK operation with a function id',
      { 'operation.name': 'ai.embed.doEmbed my-embed' },
      'embedding',
    ],
    ['AI SDK step', { 'gen_ai.operation.name': 'agent_step' }, 'step', child],
    ['a chain without a parent', { 'openinference.span.kind': 'CHAIN' }, 'workflow'],
    ['a chain below', { 'openinference.span.kind': 'CHAIN' }, 'step', child],
    ['old OpenLLMetry', { 'llm.request.type': 'chat' }, 'model'],
    [
      'an unknown operation, by shape',
      { 'gen_ai.operation.name': 'dream', 'gen_ai.request.model': 'm' },
      'model',
    ],
    ['tool keys', { 'gen_ai.tool.call.id': 'c' }, 'tool'],
    ['PydanticAI v2 tool name', {}, 'tool', { name: 'running tool: roulette' }],
    ['retrieved documents', { 'retrieval.documents.0.document.id': 'd' }, 'retrieval'],
    ['an embedding', { 'embedding.model_name': 'm' }, 'embedding'],
    ['token counts', { 'gen_ai.usage.input_tokens': 5 }, 'model'],
    ['indexed messages', { 'gen_ai.prompt.0.content': 'hi' }, 'model'],
    ['Logfire feedback', { 'logfire.span_type': 'annotation' }, 'evaluator'],
    ['an MCP call', { 'mcp.method.name': 'tools/call' }, 'tool'],
    ['nothing', { 'http.method': 'GET' }, 'other'],
    ['prototype words', { 'gen_ai.operation.name': 'constructor' }, 'other'],
  ];
  it.each(rows)('by %s', (_, attributes, kind, parts = {}) => {
    expect(spanOf(attributes, parts).kind).toBe(kind);
  });
});

describe('usage', () => {
  const same = { inputTokens: 87, outputTokens: 19, cachedTokens: 32 };
  const rows: readonly [string, JsonObject, Partial<Usage>][] = [
    [
      'OTel',
      {
        'gen_ai.usage.input_tokens': 87,
        'gen_ai.usage.output_tokens': 19,
        'gen_ai.usage.cache_read.input_tokens': 32,
      },
      same,
    ],
    [
      'OTel before 1.27',
      { 'gen_ai.usage.prompt_tokens': 87, 'gen_ai.usage.completion_tokens': 19 },
      { inputTokens: 87, outputTokens: 19 },
    ],
    [
      'OpenInference',
      {
        'llm.token_count.prompt': 87,
        'llm.token_count.completion': 19,
        'llm.token_count.prompt_details.cache_read': 32,
      },
      same,
    ],
    [
      'Langfuse, whose counts exclude each other',
      {
        'langfuse.observation.usage_details':
          '{"input":55,"output":19,"total":106,"input_cached_tokens":32,"output_reasoning_tokens":0}',
      },
      { ...same, reasoningTokens: 0 },
    ],
    [
      'Langfuse, when the total says that they do not',
      {
        'langfuse.observation.usage_details': {
          input: 87,
          output: 19,
          total: 106,
          input_cached_tokens: 32,
        },
      },
      same,
    ],
    [
      'LangSmith',
      {
        'langsmith.usage_metadata':
          '{"input_tokens":87,"output_tokens":19,"total_tokens":106,"input_token_details":{"cache_read":32}}',
        'gen_ai.usage.input_tokens': 1,
      },
      same,
    ],
    [
      'AI SDK v6',
      { 'ai.usage.promptTokens': 87, 'ai.usage.completionTokens': 19 },
      { inputTokens: 87, outputTokens: 19 },
    ],
    [
      'AI SDK v7',
      { 'ai.usage.inputTokens': 87, 'ai.usage.outputTokens': 19, 'ai.usage.cachedInputTokens': 32 },
      same,
    ],
    [
      'MLflow',
      { 'mlflow.chat.tokenUsage': '{"input_tokens":87,"output_tokens":19,"total_tokens":106}' },
      { inputTokens: 87, outputTokens: 19 },
    ],
    [
      'traceAI',
      {
        'gen_ai.usage.input_tokens': 87,
        'gen_ai.usage.output_tokens': 19,
        'gen_ai.usage.cache_read_tokens': 32,
        'gen_ai.usage.output_tokens.reasoning': 4,
        'gen_ai.cost.total': 0.5,
      },
      { ...same, reasoningTokens: 4, cost: 0.5 },
    ],
    [
      'a cache larger than the input, which was counted apart',
      {
        'gen_ai.usage.input_tokens': 7,
        'gen_ai.usage.output_tokens': 19,
        'gen_ai.usage.cache_read_input_tokens': 60,
        'gen_ai.usage.cache_creation_input_tokens': 20,
      },
      { inputTokens: 87, outputTokens: 19, cachedTokens: 60 },
    ],
    [
      'a raw Anthropic response',
      {
        'openinference.span.kind': 'LLM',
        'output.value':
          '{"content":[],"usage":{"input_tokens":55,"output_tokens":19,"cache_read_input_tokens":32,"cache_creation_input_tokens":0}}',
      },
      same,
    ],
    [
      'PydanticAI totals',
      { 'gen_ai.aggregated_usage.input_tokens': 87, 'gen_ai.aggregated_usage.output_tokens': 19 },
      { inputTokens: 87, outputTokens: 19 },
    ],
    ['counts as text', { 'gen_ai.usage.input_tokens': '87' }, { inputTokens: 87 }],
  ];
  it.each(rows)('of %s', (_, attributes, expected) => {
    expect(spanOf(attributes).usage).toEqual({
      inputTokens: null,
      outputTokens: null,
      cachedTokens: null,
      reasoningTokens: null,
      cost: null,
      ...expected,
    });
  });

  it.each<[string, JsonObject]>([
    ['OpenInference', { 'llm.cost.total': 0.25 }],
    [
      'Langfuse with a total',
      { 'langfuse.observation.cost_details': '{"input":0.1,"output":0.15,"total":0.25}' },
    ],
    ['Langfuse without', { 'langfuse.observation.cost_details': { input: 0.125, output: 0.125 } }],
    ['OpenLIT', { 'gen_ai.usage.cost': 0.25 }],
    ['PydanticAI', { 'operation.cost': 0.25 }],
    ['MLflow', { 'mlflow.llm.cost': '{"input_cost":0.1,"output_cost":0.15,"total_cost":0.25}' }],
  ])('has the cost %s gives', (_, attributes) => {
    expect(spanOf(attributes).usage.cost).toBe(0.25);
  });

  it('takes a cost of nothing on a failed call as unknown', () => {
    const attributes = { 'langfuse.observation.cost_details': '{"total":0}' };
    expect(spanOf(attributes, { statusCode: 'error' }).usage.cost).toBeNull();
    expect(spanOf(attributes).usage.cost).toBe(0);
  });
});

describe('model and provider', () => {
  it.each<[string, JsonObject, string]>([
    ['response over request', { 'gen_ai.request.model': 'a', 'gen_ai.response.model': 'b' }, 'b'],
    ['request alone', { 'ai.model.id': 'a' }, 'a'],
    ['invocation parameters', { 'llm.invocation_parameters': '{"model":"a"}' }, 'a'],
    ['MLflow, encoded', { 'mlflow.llm.model': '"a"' }, 'a'],
  ])('takes the model from %s', (_, attributes, model) => {
    expect(spanOf(attributes).model).toBe(model);
  });

  it.each([
    ['OpenAI', 'openai'],
    ['openai.chat', 'openai'],
    ['az.ai.openai', 'azure.ai.openai'],
    ['azure', 'azure.ai.openai'],
    ['vertexai', 'gcp.vertex_ai'],
    ['google.generative-ai', 'gcp.gemini'],
    ['amazon-bedrock', 'aws.bedrock'],
    ['aws.bedrock', 'aws.bedrock'],
    ['mistralai', 'mistral_ai'],
    ['xai', 'x_ai'],
    ['anthropic.messages', 'anthropic'],
    ['constructor', 'constructor'],
  ])('calls provider %s %s', (name, canonical) => {
    expect(spanOf({ 'gen_ai.system': name }).provider).toBe(canonical);
  });
});

describe('finish reason', () => {
  it.each<[string, JsonObject, string | null]>([
    ['a list', { 'gen_ai.response.finish_reasons': ['stop'] }, 'stop'],
    ['a comma-joined text', { 'gen_ai.response.finish_reasons': 'tool_calls,stop' }, 'tool_call'],
    ['AI SDK', { 'ai.response.finishReason': 'tool-calls' }, 'tool_call'],
    ['Anthropic', { 'llm.finish_reason': 'end_turn' }, 'stop'],
    ['Gemini', { 'llm.finish_reason': 'MAX_TOKENS' }, 'length'],
    ['a filter', { 'llm.finish_reason': 'SAFETY' }, 'content_filter'],
    [
      'the output message',
      { 'gen_ai.output.messages': [{ role: 'assistant', content: 'x', finish_reason: 'length' }] },
      'length',
    ],
    [
      'an indexed completion',
      { 'gen_ai.completion.0.content': 'x', 'gen_ai.completion.0.finish_reason': 'stop' },
      'stop',
    ],
    [
      'a raw response',
      {
        'openinference.span.kind': 'LLM',
        'output.value':
          '{"choices":[{"finish_reason":"length","message":{"role":"assistant","content":"x"}}]}',
      },
      'length',
    ],
    [
      'a LangChain response',
      {
        'openinference.span.kind': 'LLM',
        'output.value':
          '{"generations":[[{"message":{"lc":1,"type":"constructor","id":["AIMessage"],"kwargs":{"content":"x","response_metadata":{"finish_reason":"length"}}}}]]}',
      },
      'length',
    ],
    ['a word of their own', { 'llm.finish_reason': 'vendor_limit' }, 'vendor_limit'],
    ['none', {}, null],
  ])('reads %s', (_, attributes, expected) => {
    expect(spanOf(attributes).finishReason).toBe(expected);
  });
});

describe('attributes', () => {
  it('keeps every attribute, known or not, but header bags', () => {
    const { span, attributes } = reading({
      'custom.key': 1,
      'gen_ai.request.model': 'm',
      'llm.headers': 'secret',
      'ai.request.headers.authorization': 'secret',
    });
    expect(span.attributes).toEqual({ 'custom.key': 1, 'gen_ai.request.model': 'm' });
    expect(attributes.headers).toBe(2);
  });

  it('gathers the metadata of every bag', () => {
    const { attributes } = reading({
      metadata: '{"tenant":"acme"}',
      'langfuse.trace.metadata.plan': 'pro',
      'traceloop.association.properties.customer_id': 'c-1',
      'ai.settings.context.userId': 'u-1',
    });
    expect(attributes.metadata).toEqual({
      tenant: 'acme',
      plan: 'pro',
      customer_id: 'c-1',
      userId: 'u-1',
    });
  });

  it('reads metadata that Python wrote in its own notation, and keeps other text', () => {
    expect(reading({ metadata: "{'a': 'b', 'c': None}" }).attributes.metadata).toEqual({
      a: 'b',
      c: null,
    });
    expect(reading({ metadata: '{broken' }).attributes.metadata).toEqual({ metadata: '{broken' });
  });

  it.each<[string, JsonObject, string | undefined]>([
    [
      'the better key',
      { 'gen_ai.system': 'a', 'gen_ai.provider.name': 'b' },
      'gen_ai.provider.name',
    ],
    [
      'the next when the better is empty',
      { 'gen_ai.system': 'a', 'gen_ai.provider.name': '' },
      'gen_ai.system',
    ],
    ['none', {}, undefined],
  ])('notes which key supplied a field: %s', (_, attributes, key) => {
    expect(reading(attributes).attributes.source.get('provider')).toBe(key);
  });
});

describe('gaps', () => {
  const kinds = (attributes: JsonObject, parts: object = {}): string[] =>
    reading(attributes, parts).gaps.map(({ kind }) => kind);
  const answered = { 'gen_ai.completion.0.content': 'x', 'gen_ai.prompt.0.content': 'y' };

  it.each<[string, JsonObject, object, string[]]>([
    ['none on a whole model call', answered, {}, []],
    ['attributes the SDK dropped', answered, { droppedAttributes: 3 }, ['truncated_attributes']],
    ['keys the decoder refused', answered, { refusedKeys: 1 }, ['dropped_key']],
    [
      'an index out of range',
      { ...answered, 'gen_ai.prompt.10001.content': 'z' },
      {},
      ['dropped_key'],
    ],
    [
      'a model call without content',
      { 'gen_ai.request.model': 'm' },
      {},
      ['no_input', 'no_output'],
    ],
    [
      'a failed model call needs no output',
      { 'gen_ai.prompt.0.content': 'y' },
      { statusCode: 'error' },
      [],
    ],
    [
      'redaction instead of an empty answer',
      {
        'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text' }] }],
        'gen_ai.output.messages': [{ role: 'assistant', parts: [{ type: 'text' }] }],
      },
      {},
      ['redacted'],
    ],
    [
      'redacted plain values',
      {
        'openinference.span.kind': 'LLM',
        'input.value': '__REDACTED__',
        'output.value': '__REDACTED__',
      },
      {},
      ['redacted'],
    ],
    ['no times', answered, { startTime: null, endTime: null }, ['missing_time']],
    ['a tool without a result', { 'gen_ai.tool.name': 't' }, {}, ['missing_tool_result']],
    [
      'a tool with an empty result is whole',
      { 'gen_ai.tool.name': 't', 'output.value': '' },
      {},
      [],
    ],
    [
      'a deferred tool is whole',
      { 'gen_ai.tool.name': 't', 'pydantic_ai.tool.deferral.name': 'CallDeferred' },
      {},
      [],
    ],
  ])('%s', (_, attributes, parts, expected) => {
    expect(kinds(attributes, parts)).toEqual(expected);
  });

  it('takes a missing end for the start and a missing start for the end', () => {
    expect(spanOf({}, { endTime: null })).toMatchObject({ startTime: 1000, endTime: 1000 });
    expect(spanOf({}, { startTime: null })).toMatchObject({ startTime: 2000, endTime: 2000 });
  });
});
