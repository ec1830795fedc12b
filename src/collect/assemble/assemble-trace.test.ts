import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { Trace } from '../../contract/trace.ts';
import { decodeOtlpProtobuf } from '../otlp/decode-protobuf.ts';
import { fixtureBytes, fixtureJson, fixtureLines, hasFixtures } from '../testing/fixture.ts';
import { assembled, tracesOf, tracesOfOtlp } from '../testing/raw.ts';

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

  it('is what the outermost agent says when no call says anything', () => {
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

describe('what a trace says about itself', () => {
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

  it('is said by the root first, and by others where the root is silent', () => {
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

/** Everything but where it was read and the resource's machine-dependent keys. */
const bare = (traces: readonly Trace[]): unknown => traces.map(({ origin: _, ...trace }) => trace);

describe.skipIf(!hasFixtures)('one capture in several encodings', () => {
  const fromJson = (): unknown =>
    bare(tracesOfOtlp(fixtureJson('captured__ai-sdk-v7-genai.otlp.json')));

  it('gives the same traces from protobuf', () => {
    const records = decodeOtlpProtobuf(fixtureBytes('captured__ai-sdk-v7-genai.pb'), () => {});
    expect(bare(assembled(records).traces)).toEqual(fromJson());
  });

  it.each(['synthetic__tempo-v1-trace.tempo.json', 'synthetic__tempo-v2-trace.tempo.json'])(
    'gives the same traces from %s',
    (name) => {
      expect(bare(tracesOfOtlp(fixtureJson(name)))).toEqual(fromJson());
    },
  );

  it('gives the same traces from snake case', () => {
    const plain = tracesOfOtlp(fixtureJson('captured__openinference-js-langchain.otlp.json'));
    const snake = tracesOfOtlp(fixtureJson('synthetic__phoenix-otlpv1-spans.snake.json'));
    const strip = (traces: readonly Trace[]): unknown => JSON.parse(JSON.stringify(bare(traces)));
    expect(strip(snake)).toEqual(strip(plain));
  });
});

describe.skipIf(!hasFixtures)('captures', () => {
  it('AI SDK: root totals are not counted twice (207 and 31)', () => {
    for (const name of ['captured__ai-sdk-v7-genai', 'captured__ai-sdk-v7-legacy']) {
      const [answered, failed] = tracesOfOtlp(fixtureJson(`${name}.otlp.json`));
      expect(answered?.usage).toMatchObject({
        inputTokens: 207,
        outputTokens: 31,
        cachedTokens: 20,
      });
      expect(failed).toMatchObject({
        status: 'error',
        output: '',
        error: { message: 'Rate limit reached' },
      });
      expect(failed?.spans.find(({ id }) => id === failed.error?.spanId)?.kind).toBe('model');
    }
  });

  it('the same call costs the same tokens in Langfuse and OpenInference (87, 32 cached, 19)', () => {
    const langfuse = only(tracesOfOtlp(...fixtureLines('captured__langfuse-js-v5.otlp.jsonl')));
    const openInference = only(
      tracesOfOtlp(fixtureJson('captured__openinference-js-openai.otlp.json')),
    );
    for (const { spans } of [langfuse, openInference]) {
      const call = spans.find(({ kind }) => kind === 'model');
      expect(call?.usage).toMatchObject({ inputTokens: 87, outputTokens: 19, cachedTokens: 32 });
    }
  });

  it('LangSmith: a failed run is an error although its status is OK; a retriever is no embedding', () => {
    const trace = only(tracesOfOtlp(fixtureJson('captured__langsmith-js-otel.otlp.json')));
    expect(trace.error).toMatchObject({ type: '429', spanId: '99daf0838d3e288e' });
    expect(trace.spans.map(({ kind }) => kind)).toEqual([
      'workflow',
      'model',
      'retrieval',
      'tool',
      'model',
    ]);
    expect(trace.documents.map(({ id }) => id)).toEqual(['doc1']);
  });

  it('Langfuse: a generation of level ERROR is an error although its status is unset', () => {
    const trace = only(tracesOfOtlp(...fixtureLines('captured__langfuse-js-v5.otlp.jsonl')));
    expect(trace.error).toMatchObject({ type: '429', spanId: '64a1c94c63bf2d67' });
    expect(trace).toMatchObject({
      promptName: 'support-answer',
      promptVersion: '3',
      tenant: 'acme',
    });
  });

  it('LangChain: document ids and scores come out of their metadata', () => {
    const trace = only(tracesOfOtlp(fixtureJson('captured__openinference-js-langchain.otlp.json')));
    expect(trace.documents.map(({ id, score }) => [id, score])).toEqual([
      ['doc1', 0.91],
      ['refund.md', null],
    ]);
  });

  it.each([
    ['langfuse-test__hostile-index-out-of-range.otlp.json', 'valid message'],
    ['langfuse-test__hostile-array-slots.otlp.json', ''],
    ['langfuse-test__hostile-proto-pollution.otlp.json', ''],
  ])('%s: the key goes, the span stays', (name, input) => {
    const trace = only(tracesOfOtlp(fixtureJson(name)));
    expect(trace.spans).toHaveLength(1);
    expect(trace.input).toBe(input);
    expect(trace.gaps.map(({ kind }) => kind)).toContain('dropped_key');
    expect(({} as { POLLUTED?: string }).POLLUTED).toBeUndefined();
  });
});
