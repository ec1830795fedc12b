import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import { readRecords } from '../testing/read-records.ts';

const trace = {
  id: '0af7651916cd43dd8448eb211c80319c',
  name: 'support',
  timestamp: '2026-01-05T10:00:00.000Z',
  userId: 'u-1',
  sessionId: 's-1',
  tags: ['beta'],
  release: '1.2',
  version: null,
  environment: 'prod',
  input: '"Where is my order?"',
  output: '"On Friday."',
  metadata: '{"tenant":"acme","resourceAttributes":{"service.name":"bot"}}',
  latency: 2,
};
const generation = {
  id: 'b7ad6b7169203331',
  traceId: trace.id,
  type: 'GENERATION',
  parentObservationId: null,
  startTime: '2026-01-05T10:00:00.500Z',
  endTime: '2026-01-05T10:00:01.250Z',
  name: 'llm',
  level: 'ERROR',
  statusMessage: 'rate limited',
  model: 'gpt-4o',
  modelParameters: { temperature: 0 },
  usageDetails: { input: 5, output: 2, total: 7 },
  costDetails: { total: 0.01 },
  promptName: 'answer',
  promptVersion: 3,
  input: [{ role: 'user', content: 'Where is my order?' }],
  output: null,
  metadata: {
    attributes: { 'gen_ai.request.model': 'gpt-4o' },
    resourceAttributes: { 'service.name': 'bot' },
    scope: { name: 'langfuse-sdk' },
    step: 1,
  },
};
const score = {
  id: 'sc',
  traceId: trace.id,
  observationId: null,
  name: 'toxicity',
  value: 0.2,
  stringValue: null,
  dataType: 'NUMERIC',
  source: 'EVAL',
  comment: 'fine',
};

describe('Langfuse', () => {
  it('observations become spans with the attributes of its own OpenTelemetry export', () => {
    const { formats, spans, scores } = readRecords([
      { trace: { ...trace, scores: [score] }, observations: [generation] },
    ]);
    expect(formats).toEqual(['langfuse-trace']);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({
      traceId: trace.id,
      spanId: generation.id,
      parentId: null,
      name: 'llm',
      startTime: Date.UTC(2026, 0, 5, 10, 0, 0, 500),
      endTime: Date.UTC(2026, 0, 5, 10, 0, 1, 250),
      statusCode: 'error',
      statusMessage: 'rate limited',
      scope: 'langfuse-sdk',
      resource: { 'service.name': 'bot' },
      attributes: {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.level': 'ERROR',
        'langfuse.observation.input': [{ role: 'user', content: 'Where is my order?' }],
        'langfuse.observation.model.name': 'gpt-4o',
        'langfuse.observation.usage_details': { input: 5, output: 2, total: 7 },
        'langfuse.observation.cost_details': { total: 0.01 },
        'langfuse.observation.prompt.name': 'answer',
        'langfuse.observation.prompt.version': 3,
        'langfuse.observation.metadata.step': 1,
        'langfuse.trace.name': 'support',
        'langfuse.trace.input': 'Where is my order?',
        'langfuse.trace.output': 'On Friday.',
        'langfuse.trace.metadata.tenant': 'acme',
        'langfuse.trace.tags': ['beta'],
        'user.id': 'u-1',
        'session.id': 's-1',
        'langfuse.environment': 'prod',
        'langfuse.release': '1.2',
        'gen_ai.request.model': 'gpt-4o',
      },
    });
    expect(scores).toEqual([
      {
        traceId: trace.id,
        sessionId: null,
        responseId: null,
        id: score.id,
        score: {
          name: 'toxicity',
          value: 0.2,
          label: null,
          explanation: 'fine',
          annotator: 'model',
          spanId: null,
        },
      },
    ]);
  });

  it.each([
    ['the API', { ...trace, observations: [generation], scores: [] }, 'langfuse-trace'],
    [
      'the list API, without observations',
      {
        data: [{ ...trace, observations: ['b7ad6b7169203331'], scores: ['sc'] }],
        meta: { page: 1 },
      },
      'langfuse-trace',
    ],
    ['a row of the traces export', { ...trace, accuracy: [0.95] }, 'langfuse-trace-row'],
    [
      'a row of the observations export',
      { ...generation, traceName: 'support', accuracy: [0.95] },
      'langfuse-observation',
    ],
    [
      'a CSV row of observations',
      {
        id: 'b7ad6b7169203331',
        traceId: trace.id,
        type: 'SPAN',
        startTime: '2026-01-05T10:00:00Z',
        accuracy: '[0.95]',
      },
      'langfuse-observation',
    ],
    [
      'the blob storage',
      {
        id: 'b7ad6b7169203331',
        trace_id: trace.id,
        type: 'SPAN',
        parent_observation_id: '',
        start_time: '2026-01-05 10:00:00.000123',
      },
      'langfuse-observation',
    ],
    [
      'blob storage traces',
      {
        id: trace.id,
        timestamp: '2026-01-05 10:00:00.000',
        name: 'support',
        user_id: 'u',
        session_id: 's',
        release: '1',
      },
      'langfuse-trace-row',
    ],
    ['scores', { ...score, trace_id: trace.id, data_type: 'NUMERIC' }, 'langfuse-score'],
  ])('is recognised from %s', (_, value, format) => {
    const { formats, records } = readRecords([value]);
    expect(formats).toEqual([format]);
    expect(records.length).toBeGreaterThan(0);
  });

  it('score columns of exports are scores', () => {
    const row = { ...trace, tags: '["beta"]', accuracy: '[0.95]', verdict: '["good"]' };
    expect(
      readRecords([row]).scores.map(({ score: each }) => [each.name, each.value, each.label]),
    ).toEqual([
      ['accuracy', 0.95, null],
      ['verdict', null, 'good'],
    ]);
  });

  it('a trace without observations is its own root span', () => {
    const [span] = readRecords([trace]).spans;
    expect(span).toMatchObject({
      traceId: trace.id,
      spanId: trace.id,
      name: 'support',
      startTime: Date.UTC(2026, 0, 5, 10),
      endTime: Date.UTC(2026, 0, 5, 10, 0, 2),
    });
  });

  it('microseconds without a zone are UTC', () => {
    const [span] = readRecords([
      {
        id: 'o',
        trace_id: 't',
        type: 'SPAN',
        parent_observation_id: null,
        start_time: '2026-01-05 10:00:00.000123',
      },
    ]).spans;
    expect(span?.startTime).toBeCloseTo(Date.UTC(2026, 0, 5, 10) + 0.123, 4);
  });

  it('events of ingestion batches are put together by id, updates filling in', () => {
    const event = (type: string, body: JsonObject) => ({
      id: `e-${type}`,
      type,
      timestamp: '2026-01-05T10:00:00Z',
      body,
    });
    const { spans, scores, formats } = readRecords([
      {
        batch: [
          event('trace-create', { id: 't1', name: 'support', userId: 'u-1' }),
          event('generation-create', {
            id: 'g1',
            traceId: 't1',
            startTime: '2026-01-05T10:00:00Z',
            input: 'hi',
          }),
          event('score-create', {
            traceId: 't1',
            name: 'thumbs',
            value: 'up',
            dataType: 'CATEGORICAL',
          }),
        ],
      },
      {
        batch: [
          event('generation-update', {
            id: 'g1',
            output: 'hello',
            endTime: '2026-01-05T10:00:01Z',
          }),
        ],
      },
    ]);
    expect(formats).toEqual(['langfuse-ingestion']);
    expect(
      spans.map((span) => [span.spanId, span.attributes['langfuse.observation.type']]),
    ).toEqual([
      ['t1', 'span'],
      ['g1', 'generation'],
    ]);
    expect(spans[1]).toMatchObject({
      traceId: 't1',
      endTime: Date.UTC(2026, 0, 5, 10, 0, 1),
      attributes: { 'langfuse.observation.input': 'hi', 'langfuse.observation.output': 'hello' },
    });
    expect(scores[0]?.score).toMatchObject({ name: 'thumbs', value: null, label: 'up' });
  });

  it('a correction is no score of 0', () => {
    const correction = {
      ...score,
      name: 'output',
      value: 0,
      dataType: 'CORRECTION',
      longStringValue: 'better',
      comment: null,
      source: 'ANNOTATION',
    };
    const { scores } = readRecords([
      { trace: { ...trace, corrections: [correction] }, observations: [] },
    ]);
    expect(scores[0]?.score).toEqual({
      name: 'correction',
      value: null,
      label: 'corrected',
      explanation: 'better',
      annotator: 'human',
      spanId: null,
    });
  });
});

it('keeps attributes that an observation has under its metadata', () => {
  const attributes = { 'gen_ai.tool.definitions': '[{"name":"find_order"}]' };
  const [record] = readRecords([{ ...generation, metadata: { attributes } }]).records;
  expect(record).toMatchObject({ span: { attributes } });
});
