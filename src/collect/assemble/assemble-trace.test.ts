import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { payloadJson } from '../../testing/payload.ts';
import { tracesOf, tracesOfOtlp } from '../testing/raw.ts';

const only = (traces: readonly Trace[]): Trace => {
  expect(traces).toHaveLength(1);
  return traces[0] as Trace;
};

describe('usage of a trace', () => {
  const model = (input: number): JsonObject => ({
    'gen_ai.operation.name': 'chat',
    'gen_ai.usage.input_tokens': input,
  });

  it('is the sum of its model calls; what the agent repeats does not count again', () => {
    const trace = only(
      tracesOf(
        { spanId: 'root', attributes: { ...model(30), 'gen_ai.operation.name': 'invoke_agent' } },
        { spanId: 'a', parentId: 'root', attributes: model(10) },
        { spanId: 'b', parentId: 'root', attributes: model(20) },
      ),
    );
    expect(trace.usage.inputTokens).toBe(30);
    expect(trace.spans.map(({ usageIsAggregate }) => usageIsAggregate)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('does not count a model call that wraps another', () => {
    const trace = only(
      tracesOf(
        { spanId: 'a', attributes: model(10) },
        { spanId: 'b', parentId: 'a', attributes: model(10) },
      ),
    );
    expect(trace.usage.inputTokens).toBe(10);
  });

  it('comes from the outermost agent when no call recorded any', () => {
    const agent = { ...model(30), 'gen_ai.operation.name': 'invoke_agent' };
    const trace = only(
      tracesOf(
        { spanId: 'root', attributes: agent },
        { spanId: 'sub', parentId: 'root', attributes: agent },
      ),
    );
    expect(trace.usage.inputTokens).toBe(30);
  });
});

describe('error of a trace', () => {
  it('counts once, where it is deepest', () => {
    const failed = { statusCode: 'error', statusMessage: 'slow' } as const;
    const trace = only(
      tracesOf(
        { spanId: 'root', ...failed },
        { spanId: 'step', parentId: 'root', ...failed },
        { spanId: 'call', parentId: 'step', ...failed },
        { spanId: 'other', parentId: 'root' },
      ),
    );
    expect(trace).toMatchObject({ status: 'error', error: { message: 'slow', spanId: 'call' } });
  });

  it('is none of the application when a judge fails', () => {
    const attributes = { 'openinference.span.kind': 'EVALUATOR' };
    const trace = only(
      tracesOf(
        { spanId: 'root', statusCode: 'ok' },
        { spanId: 'judge', parentId: 'root', attributes, statusCode: 'error' },
      ),
    );
    expect(trace).toMatchObject({ status: 'ok', error: null });
  });
});

describe('fields of a trace', () => {
  const rows: readonly [string, Partial<Trace>, JsonObject, JsonObject?][] = [
    [
      'OTel',
      {
        session: 'c-1',
        user: 'u',
        promptName: 'p',
        promptVersion: 'v2',
        project: 'svc',
        environment: 'prod',
        release: '1.2',
      },
      {
        'gen_ai.conversation.id': 'c-1',
        'enduser.id': 'u',
        'gen_ai.prompt.name': 'p',
        'gen_ai.prompt.version': 'v2',
      },
      { 'service.name': 'svc', 'service.version': '1.2', 'deployment.environment.name': 'prod' },
    ],
    [
      'OpenInference',
      {
        session: 's',
        user: 'u',
        tenant: 'acme',
        tags: ['a', 'b'],
        promptVersion: 'v3',
        project: 'support',
      },
      {
        'session.id': 's',
        metadata: '{"tenant":"acme","user_id":"u"}',
        'tag.tags': '["a","b"]',
        'llm.prompt_template.version': 'v3',
      },
      { 'openinference.project.name': 'support', 'service.name': 'svc' },
    ],
    [
      'Langfuse',
      {
        name: 'support-chat',
        session: 's',
        user: 'u',
        environment: 'prod',
        release: 'r',
        tenant: 'acme',
        tags: ['a'],
        promptName: 'p',
        promptVersion: '3',
        input: 'Hi?',
        output: 'Ho.',
      },
      {
        'langfuse.trace.name': 'support-chat',
        'langfuse.session.id': 's',
        'langfuse.user.id': 'u',
        'langfuse.environment': 'prod',
        'langfuse.release': 'r',
        'langfuse.trace.metadata.tenant': 'acme',
        'langfuse.trace.tags': ['a'],
        'langfuse.observation.prompt.name': 'p',
        'langfuse.observation.prompt.version': 3,
        'langfuse.trace.input': '{"messages":[{"role":"user","content":"Hi?"}]}',
        'langfuse.trace.output': 'Ho.',
      },
    ],
    [
      'AI SDK',
      {
        name: 'lookup',
        session: 's',
        user: 'u',
        tenant: 'acme',
        promptName: 'p',
        promptVersion: '4',
      },
      {
        'ai.telemetry.functionId': 'lookup',
        'ai.telemetry.metadata.sessionId': 's',
        'ai.telemetry.metadata.userId': 'u',
        'ai.settings.context.tenant': 'acme',
        'ai.telemetry.metadata.langfusePrompt': '{"name":"p","version":4}',
      },
    ],
    [
      'LangSmith',
      {
        project: 'support',
        session: 't-1',
        user: 'u',
        tenant: 'acme',
        environment: 'staging',
        release: '1.4',
        tags: ['a', 'b'],
      },
      {
        'langsmith.trace.session_name': 'support',
        'langsmith.trace.session_id': 'project-id',
        'langsmith.metadata.thread_id': 't-1',
        'langsmith.metadata.user_id': 'u',
        'langsmith.metadata.tenant': 'acme',
        'langsmith.metadata.environment': 'staging',
        'langsmith.metadata.revision_id': '1.4',
        'langsmith.span.tags': 'a, b',
      },
    ],
    [
      'OpenLLMetry',
      {
        name: 'answer',
        session: 's',
        user: 'u',
        tenant: 'acme',
        promptName: 'k',
        promptVersion: '7',
      },
      {
        'traceloop.workflow.name': 'answer',
        'traceloop.association.properties.session_id': 's',
        'traceloop.association.properties.user_id': 'u',
        'traceloop.association.properties.customer_id': 'acme',
        'traceloop.prompt.key': 'k',
        'traceloop.prompt.version': 7,
      },
    ],
    [
      'traceAI',
      { project: 'support', release: 'v3', promptName: 'p', promptVersion: '3' },
      { 'gen_ai.prompt.template.name': 'p', 'gen_ai.prompt.template.version': '3' },
      { project_name: 'support', project_version_name: 'v3' },
    ],
    [
      'MLflow',
      { session: 's', user: 'u', promptName: 'p', promptVersion: '2', tenant: 'acme' },
      {
        'mlflow.trace.session': '"s"',
        'mlflow.trace.user': 'u',
        'mlflow.linkedPrompts': '[{"name":"p","version":"2"}]',
        'mlflow.traceTag.tenant': 'acme',
      },
    ],
    [
      'PydanticAI',
      { name: 'helper', tenant: 'acme' },
      {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'helper',
        'tenant.id': 'acme',
      },
    ],
    ['an unnamed service', { project: null }, {}, { 'service.name': 'unknown_service:node' }],
  ];
  it.each(rows)('in %s', (_, expected, attributes, resource = {}) => {
    expect(only(tracesOf({ attributes, resource }))).toMatchObject(expected);
  });

  it('comes from the root first, and from other spans where the root has none', () => {
    const trace = only(
      tracesOf(
        {
          spanId: 'call',
          parentId: 'root',
          startTime: 1,
          attributes: { 'user.id': 'inner', 'session.id': 's' },
        },
        { spanId: 'root', startTime: 2, attributes: { 'user.id': 'outer' } },
      ),
    );
    expect(trace).toMatchObject({ user: 'outer', session: 's' });
  });

  it('implies a prompt version by the system prompt, dates and ids aside', () => {
    const version = (system: string): string | null =>
      only(
        tracesOf({
          attributes: {
            'gen_ai.operation.name': 'chat',
            'gen_ai.input.messages': [{ role: 'system', content: system }],
          },
        }),
      ).promptVersion;
    const first = version('Be kind. Today is 2026-11-22. You talk to u-42.');
    expect(first).toMatch(/^sha:[0-9a-f]{12}$/);
    expect(version('Be kind. Today is 2026-12-01. You talk to u-7.')).toBe(first);
    expect(version('Be strict. Today is 2026-11-22. You talk to u-42.')).not.toBe(first);
    expect(only(tracesOf({})).promptVersion).toBeNull();
  });
});

describe('documents of a trace', () => {
  it('hold a reranked passage once', () => {
    const trace = only(
      tracesOf(
        {
          spanId: 'r',
          startTime: 1,
          attributes: {
            'retrieval.documents.0.document.id': 'd1',
            'retrieval.documents.0.document.content': 'Ships Friday.',
          },
        },
        {
          spanId: 'k',
          startTime: 2,
          attributes: {
            'reranker.output_documents.0.document.id': 'd1',
            'reranker.output_documents.0.document.score': 0.9,
          },
        },
      ),
    );
    expect(trace.documents).toEqual([
      { id: 'd1', content: 'Ships Friday.', title: null, score: null, spanId: 'r' },
    ]);
  });
});

describe('payloads', () => {
  it('AI SDK: root totals are not counted twice', () => {
    const trace = only(tracesOfOtlp(payloadJson('ai-sdk.json')));
    expect(trace.usage).toMatchObject({ inputTokens: 75, outputTokens: 20 });
  });

  it('a failed call is the error of its trace, and leaves no output', () => {
    const failed = tracesOfOtlp(payloadJson('otlp-genai.json'))[1];
    expect(failed).toMatchObject({
      status: 'error',
      output: '',
      error: { type: '429', message: 'rate limit reached', spanId: '12011201'.repeat(2) },
    });
  });

  it('LangSmith: a failed run is an error although its status is OK; a retriever is no embedding', () => {
    const trace = only(tracesOfOtlp(payloadJson('langsmith-otel.json')));
    expect(trace.error).toMatchObject({ type: '503', spanId: '26042604'.repeat(2) });
    expect(trace.spans.map(({ kind }) => kind)).toEqual([
      'workflow',
      'retrieval',
      'model',
      'model',
    ]);
    expect(trace.documents.map(({ id }) => id)).toEqual(['cat-12']);
  });

  it('Langfuse: a generation of level ERROR is an error although its status is unset', () => {
    const trace = only(tracesOfOtlp(payloadJson('langfuse-otel.json')));
    expect(trace.error).toMatchObject({ type: '429', spanId: '24032403'.repeat(2) });
    expect(trace).toMatchObject({
      promptName: 'bread-order',
      promptVersion: '4',
      tenant: 'mill-road',
      usage: { inputTokens: 42, cachedTokens: 12 },
    });
  });

  it('documents keep their ids and scores', () => {
    const trace = only(tracesOfOtlp(payloadJson('openinference.json')));
    expect(trace.documents.map(({ id, score }) => [id, score])).toEqual([
      ['hours.md', 0.83],
      ['rules.md', null],
    ]);
  });

  it('a request header bag is left out and counted as a gap', () => {
    const trace = only(tracesOfOtlp(payloadJson('litellm.json')));
    expect(JSON.stringify(trace)).not.toContain('secret');
    expect(trace.gaps).toMatchObject([
      { kind: 'dropped_key', detail: '1 request header attributes were left out' },
    ]);
  });
});
