import { describe, expect, it } from 'vitest';
import { readRecords } from '../testing/read-records.ts';

const TRACE = '4a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SPAN = 'b7ad6b7169203331';
const START = Date.UTC(2026, 0, 5, 10);

describe('other ways to write spans', () => {
  it('Jaeger marks errors with a tag alone', () => {
    const trace = {
      traceID: TRACE,
      spans: [
        {
          spanID: '1',
          operationName: 'a',
          startTime: 1,
          duration: 1,
          tags: [{ key: 'error', type: 'bool', value: true }],
        },
      ],
    };
    expect(readRecords([{ data: [trace] }]).spans).toMatchObject([
      { traceId: TRACE, statusCode: 'error' },
    ]);
  });

  it('Logfire counts nanoseconds and parents with a context', () => {
    const { spans } = readRecords([
      [
        {
          name: 'a',
          context: { trace_id: 1, span_id: 3 },
          parent: { trace_id: 1, span_id: 1 },
          start_time: 2_000_000_000,
          end_time: 3_000_000_000,
          attributes: {},
        },
      ],
    ]);
    expect(spans).toMatchObject([
      {
        traceId: `${'0'.repeat(31)}1`,
        spanId: `${'0'.repeat(15)}3`,
        parentId: `${'0'.repeat(15)}1`,
        startTime: 2000,
        endTime: 3000,
      },
    ]);
  });

  it('the Phoenix command line wraps spans with annotations', () => {
    const { formats, spans, scores } = readRecords([
      {
        traceId: TRACE,
        spans: [{ name: 'a', context: { span_id: SPAN }, span_kind: 'CHAIN', attributes: {} }],
        annotations: [
          {
            name: 'quality',
            annotator_kind: 'HUMAN',
            result: { score: 0, label: 'bad' },
            span_id: SPAN,
          },
        ],
      },
    ]);
    expect(formats).toEqual(['phoenix-trace']);
    expect(spans).toMatchObject([{ traceId: TRACE, spanId: SPAN }]);
    expect(scores).toMatchObject([
      {
        traceId: TRACE,
        score: { name: 'quality', value: 0, label: 'bad', annotator: 'human', spanId: SPAN },
      },
    ]);
  });

  it.each([
    [
      'REST',
      {
        data: [
          {
            span_id: SPAN,
            name: 'quality',
            annotator_kind: 'LLM',
            result: { score: 1, label: 'good', explanation: 'why' },
          },
        ],
        next_cursor: null,
      },
    ],
    [
      'a recorded call',
      {
        path: '/v1/span_annotations',
        body: {
          data: [
            {
              span_id: SPAN,
              name: 'quality',
              annotator_kind: 'LLM',
              result: { score: 1, label: 'good', explanation: 'why' },
            },
          ],
        },
      },
    ],
    [
      'a dataframe',
      {
        span_id: SPAN,
        annotation_name: 'quality',
        annotator_kind: 'LLM',
        'result.score': 1,
        'result.label': 'good',
        'result.explanation': 'why',
      },
    ],
  ])('Phoenix annotations come from %s', (_, value) => {
    expect(readRecords([value]).scores.map((each) => each.score)).toEqual([
      {
        name: 'quality',
        value: 1,
        label: 'good',
        explanation: 'why',
        annotator: 'model',
        spanId: SPAN,
      },
    ]);
  });

  it('evaluation columns of dataframes are scores', () => {
    const row = {
      'context.span_id': SPAN,
      'context.trace_id': TRACE,
      name: 'a',
      'eval.relevance.score': 0.5,
      'eval.relevance.label': 'partly',
    };
    expect(readRecords([row]).scores).toMatchObject([
      { traceId: TRACE, score: { name: 'relevance', value: 0.5, label: 'partly', spanId: SPAN } },
    ]);
  });

  it('MLflow assessments are scores, expectations are not', () => {
    const { scores } = readRecords([
      {
        info: {
          trace_id: `tr-${TRACE}`,
          assessments: [
            {
              name: 'correct',
              feedback: { value: false },
              source: { source_type: 'LLM_JUDGE' },
              rationale: 'no',
            },
            { name: 'expected', expectation: { value: 'x' } },
          ],
        },
        data: { spans: [] },
      },
    ]);
    expect(scores).toMatchObject([
      {
        traceId: TRACE,
        score: { name: 'correct', value: 0, label: 'false', explanation: 'no', annotator: 'model' },
      },
    ]);
  });

  it('Galileo records are spans, their metrics usage and scores', () => {
    const { formats, spans, scores } = readRecords([
      {
        type: 'trace',
        id: TRACE,
        project_id: 'p',
        created_at: '2026-01-05T10:00:00Z',
        input: 'hi',
        output: 'hello',
        metrics: { duration_ns: 2e9 },
      },
      {
        type: 'llm',
        id: SPAN,
        trace_id: TRACE,
        parent_id: TRACE,
        project_id: 'p',
        created_at: '2026-01-05T10:00:00Z',
        name: 'chat',
        model: 'gpt-4o',
        status_code: 500,
        input: [{ role: 'user', content: 'hi' }],
        output: { role: 'assistant', content: 'hello' },
        metrics: { num_input_tokens: 5, num_output_tokens: 1, cost: 0.1, correctness: 0.5 },
      },
    ]);
    expect(formats).toEqual(['galileo-record']);
    expect(spans).toMatchObject([
      {
        traceId: TRACE,
        spanId: TRACE,
        parentId: null,
        endTime: START + 2000,
        attributes: { 'openinference.span.kind': 'CHAIN', 'input.value': 'hi' },
      },
      {
        traceId: TRACE,
        spanId: SPAN,
        parentId: TRACE,
        statusCode: 'error',
        attributes: {
          'openinference.span.kind': 'LLM',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.usage.input_tokens': 5,
          'gen_ai.output.messages': [{ role: 'assistant', content: 'hello' }],
        },
      },
    ]);
    expect(scores).toMatchObject([
      { traceId: TRACE, score: { name: 'correctness', value: 0.5, spanId: SPAN } },
    ]);
  });

  it('a bare map of attributes is a trace of one span, the same ids for the same map', () => {
    const map = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' };
    const { formats, spans } = readRecords([map]);
    expect(formats).toEqual(['attribute-map']);
    expect(spans).toMatchObject([{ parentId: null, name: 'chat', attributes: map }]);
    expect(spans[0]?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(readRecords([{ ...map }]).spans).toEqual(spans);
    expect(readRecords([{ ...map, 'gen_ai.request.model': 'o3' }]).spans[0]?.traceId).not.toBe(
      spans[0]?.traceId,
    );
  });

  it('an object of named lists gives what is known in them', () => {
    const span = {
      name: 'a',
      context: { trace_id: TRACE, span_id: SPAN },
      kind: 'x',
      parent_id: null,
    };
    expect(readRecords([{ first: [span], second: [{ other: 1 }] }]).spans).toHaveLength(1);
  });
});
