import { describe, expect, it } from 'vitest';
import { readMultipart } from '../container/multipart.ts';
import { readRecords } from '../testing/read-records.ts';
import { spySink } from '../testing/spy-sink.ts';

const ROOT = '01a202db-a3ac-7000-8000-03895139d317';
const CHILD = '01a202db-a3c6-7000-8000-01d982316a2b';
const hex = (uuid: string) => uuid.replaceAll('-', '');

const child = {
  id: CHILD,
  name: 'ChatOpenAI',
  run_type: 'llm',
  start_time: '2026-01-05T10:00:00.000001Z',
  end_time: 1767607201000,
  trace_id: ROOT,
  dotted_order: `20260105T100000000001Z${ROOT}.20260105T100000000001Z${CHILD}`,
  session_name: 'support',
  tags: ['prod'],
  inputs: { messages: [{ role: 'user', content: 'hi' }], tools: [{ type: 'function' }] },
  outputs: { model: 'gpt-4o-2024', usage_metadata: { input_tokens: 5, output_tokens: 1 } },
  error: 'Error: 429',
  extra: { metadata: { ls_model_name: 'gpt-4o', user_id: 'u-1', usage_metadata: {} } },
};

describe('LangSmith', () => {
  it('runs become spans with the attributes of its own OpenTelemetry export', () => {
    const { formats, spans } = readRecords([child]);
    expect(formats).toEqual(['langsmith-run']);
    expect(spans[0]).toMatchObject({
      traceId: hex(ROOT),
      spanId: hex(CHILD),
      parentId: hex(ROOT),
      startTime: Date.UTC(2026, 0, 5, 10) + 0.001,
      endTime: 1767607201000,
      statusCode: 'error',
      statusMessage: 'Error: 429',
      events: [{ name: 'exception', attributes: { 'exception.message': 'Error: 429' } }],
      attributes: {
        'langsmith.span.kind': 'llm',
        'langsmith.span.tags': ['prod'],
        'langsmith.trace.session_name': 'support',
        'langsmith.metadata.user_id': 'u-1',
        'langsmith.usage_metadata': { input_tokens: 5, output_tokens: 1 },
        'gen_ai.prompt': child.inputs,
        'gen_ai.completion': child.outputs,
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': 'gpt-4o-2024',
        'gen_ai.tool.definitions': [{ type: 'function' }],
      },
    });
  });

  it('a post and its patch are one run, wherever the patch comes', () => {
    const { end_time, outputs, error, ...start } = child;
    const patch = {
      id: CHILD,
      trace_id: ROOT,
      dotted_order: child.dotted_order,
      end_time,
      outputs,
      error,
    };
    const apart = readRecords([{ post: [start] }, { patch: [patch] }]).spans;
    expect(apart).toEqual(readRecords([{ post: [child] }]).spans);
    const { id: _, ...nameless } = patch;
    expect(readRecords([{ post: [start], patch: [nameless] }]).spans).toEqual(apart);
  });

  it('a run that has not ended is still a span', () => {
    const { end_time: _, error: __, ...open } = child;
    expect(readRecords([open]).spans).toMatchObject([
      { spanId: hex(CHILD), endTime: null, statusCode: 'unset' },
    ]);
  });

  it('a function that failed gave nothing back', () => {
    const { spans } = readRecords([{ ...child, outputs: { output: null } }]);
    expect(spans[0]?.attributes).not.toHaveProperty('gen_ai.completion');
  });

  it('child runs are spans of their parent', () => {
    const root = {
      id: ROOT,
      name: 'answer',
      run_type: 'chain',
      trace_id: ROOT,
      end_time: 1767607202000,
      child_runs: [{ ...child, dotted_order: undefined }],
    };
    expect(readRecords([root]).spans.map((span) => [span.name, span.parentId])).toEqual([
      ['answer', null],
      ['ChatOpenAI', hex(ROOT)],
    ]);
  });

  it('feedback is a score of its run', () => {
    const { formats, scores } = readRecords([
      {
        id: 'f',
        run_id: CHILD,
        key: 'user_score',
        score: 1,
        comment: 'good',
        feedback_source: { type: 'app' },
      },
    ]);
    expect(formats).toEqual(['langsmith-feedback']);
    expect(scores[0]?.score).toEqual({
      name: 'user_score',
      value: 1,
      label: null,
      explanation: 'good',
      annotator: 'human',
      spanId: hex(CHILD),
    });
  });

  it('a run without an id is reported', () => {
    expect(readRecords([{ run_type: 'llm', name: 'x' }])).toMatchObject({
      spans: [],
      problems: [{ code: 'bad_span', line: 1 }],
    });
  });

  it('multipart bodies are put together again', () => {
    const part = (name: string, body: unknown) =>
      `--B1\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: application/json\r\n\r\n${typeof body === 'string' ? body : JSON.stringify(body)}\r\n`;
    const { inputs, outputs, extra, ...rest } = child;
    const body = [
      part(`post.${CHILD}`, rest),
      part(`post.${CHILD}.inputs`, inputs),
      part(`post.${CHILD}.extra`, extra),
      part(`attachment.${CHILD}.photo`, 'not json'),
      part(`patch.${CHILD}.outputs`, outputs),
      part(`patch.${ROOT}.inputs`, '{broken'),
      '--B1--\r\n',
    ].join('');
    const sink = spySink();
    readMultipart(new TextEncoder().encode(body), sink);
    expect(sink.problems).toEqual([{ code: 'broken_json', line: null }]);
    expect(readRecords(sink.values).spans).toEqual(readRecords([child]).spans);
  });
});
