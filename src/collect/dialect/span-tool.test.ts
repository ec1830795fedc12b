import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../contract/json.ts';
import { spanOf } from '../testing/raw.ts';

describe('tool spans', () => {
  const rows: readonly [string, JsonObject, Json, string | null][] = [
    [
      'OTel',
      {
        'gen_ai.tool.name': 'f',
        'gen_ai.tool.call.arguments': '{"a":1}',
        'gen_ai.tool.call.result': '{"b":2}',
      },
      { a: 1 },
      '{"b":2}',
    ],
    [
      'OTel structured',
      {
        'gen_ai.tool.name': 'f',
        'gen_ai.tool.call.arguments': { a: 1 },
        'gen_ai.tool.call.result': { b: 2 },
      },
      { a: 1 },
      '{"b":2}',
    ],
    [
      'AI SDK',
      {
        'ai.operationId': 'ai.toolCall',
        'ai.toolCall.name': 'f',
        'ai.toolCall.args': '{"a":1}',
        'ai.toolCall.result': '{"b":2}',
      },
      { a: 1 },
      '{"b":2}',
    ],
    [
      "OpenInference's LangChain, whose result is a message",
      {
        'openinference.span.kind': 'TOOL',
        'tool.name': 'f',
        'input.value': '{"a": 1}',
        'output.value': '{"type": "tool", "data": {"content": "done", "status": "success"}}',
      },
      { a: 1 },
      'done',
    ],
    [
      'PydanticAI v2',
      { 'gen_ai.tool.name': 'f', tool_arguments: '{"a":1}', tool_response: 'winner' },
      { a: 1 },
      'winner',
    ],
    [
      'Google ADK over what OpenInference adds',
      {
        'gen_ai.tool.name': 'f',
        'gcp.vertex.agent.tool_call_args': '{"a":1}',
        'gcp.vertex.agent.tool_response': '{"b":2}',
        'input.value': '{"a":9}',
        'output.value': '{"b":9}',
      },
      { a: 1 },
      '{"b":2}',
    ],
    [
      'Langfuse',
      {
        'langfuse.observation.type': 'tool',
        'langfuse.observation.input': '{"a":1}',
        'langfuse.observation.output': '{"b":2}',
      },
      { a: 1 },
      '{"b":2}',
    ],
    [
      'Traceloop',
      {
        'traceloop.span.kind': 'tool',
        'traceloop.entity.name': 'f',
        'traceloop.entity.input': '{"args":[],"kwargs":{"a":1}}',
        'traceloop.entity.output': '"done"',
      },
      { a: 1 },
      'done',
    ],
    [
      'LangSmith',
      {
        'langsmith.span.kind': 'tool',
        'gen_ai.tool.name': 'f',
        'gen_ai.prompt': '{"a":1}',
        'gen_ai.completion': '{"b":2}',
      },
      { a: 1 },
      '{"b":2}',
    ],
    [
      'MLflow',
      {
        'mlflow.spanType': '"TOOL"',
        'mlflow.spanInputs': '{"a":1}',
        'mlflow.spanOutputs': '"done"',
      },
      { a: 1 },
      'done',
    ],
    [
      'LangChain with a bare argument',
      {
        'openinference.span.kind': 'TOOL',
        'tool.name': 'f',
        'input.value': 'A-1',
        'output.value': '{"output":{"b":2}}',
      },
      'A-1',
      '{"b":2}',
    ],
    [
      'LangChain with a serialised message',
      {
        'openinference.span.kind': 'TOOL',
        'tool.name': 'f',
        'input.value': '{}',
        'output.value':
          '{"output":{"lc":1,"type":"constructor","id":["langchain_core","messages","ToolMessage"],"kwargs":{"content":"done"}}}',
      },
      {},
      'done',
    ],
    ['nothing but a name', { 'gen_ai.tool.name': 'f' }, {}, null],
  ];
  it.each(rows)('of %s', (_, attributes, args, result) => {
    const span = spanOf(attributes, { name: 'f' });
    expect(span.toolCall).toEqual({ id: null, name: 'f', arguments: args });
    expect(span.toolResult).toBe(result);
  });

  it.each(['execute_tool f', 'running tool: f', 'f.tool', 'f'])('named %s call f', (name) => {
    expect(spanOf({ 'gen_ai.operation.name': 'execute_tool' }, { name }).toolCall?.name).toBe('f');
  });
});

it.each<[string, JsonObject, string]>([
  ['a retriever', { 'gen_ai.retrieval.query.text': 'order policy' }, 'order policy'],
  ['a reranker', { 'reranker.query': 'ship date' }, 'ship date'],
  ['an embedding', { 'operation.name': 'ai.embed.doEmbed', 'ai.value': 'hello' }, 'hello'],
])('the input of %s is what it was asked', (_, attributes, input) => {
  expect(spanOf(attributes).input).toBe(input);
});
