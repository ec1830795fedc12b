import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../contract/json.ts';
import type { Score, Trace } from '../../contract/trace.ts';
import type { RawLog, RawRecord, RawSpan } from '../record.ts';
import { assembled, rawSpan } from '../testing/raw.ts';

const id = (letter: string): string => letter.repeat(32);
const span = (parts: Partial<RawSpan>): RawRecord => ({ kind: 'span', span: rawSpan(parts) });
const score = (parts: Partial<Score> = {}): Score => ({
  name: 'relevance',
  value: 0.2,
  label: null,
  explanation: null,
  annotator: 'unknown',
  spanId: null,
  ...parts,
});
const log = (parts: Partial<RawLog>): RawRecord => ({
  kind: 'log',
  log: {
    traceId: null,
    spanId: null,
    name: '',
    time: null,
    body: null,
    attributes: {},
    resource: {},
    ...parts,
  },
});
const evaluation = (more: JsonObject = {}): JsonObject => ({
  'gen_ai.evaluation.name': 'relevance',
  'gen_ai.evaluation.score.value': 0.2,
  ...more,
});
const codes = ({
  problems,
}: {
  problems: readonly { code: string; line: number | null }[];
}): string[] => problems.map(({ code, line }) => `${code} at ${line}`);
const only = ({ traces }: { traces: readonly Trace[] }): Trace => {
  expect(traces).toHaveLength(1);
  return traces[0] as Trace;
};

describe('a score reaches its trace', () => {
  const target = { traceId: id('1'), spanId: '1'.repeat(16) };
  const judge = { traceId: id('2'), spanId: '2'.repeat(16) };
  const link = [{ traceId: target.traceId, spanId: target.spanId }];
  const rows: readonly [string, RawRecord[], Partial<Score>][] = [
    [
      'by trace and span (log event)',
      [log({ ...target, name: 'gen_ai.evaluation.result', attributes: evaluation() })],
      { spanId: target.spanId },
    ],
    [
      'by response id (log event)',
      [
        log({
          name: 'gen_ai.evaluation.result',
          attributes: evaluation({ 'gen_ai.response.id': 'r-1' }),
        }),
      ],
      { spanId: target.spanId },
    ],
    [
      'by link, whole annotation',
      [
        span({
          ...judge,
          links: link,
          attributes: {
            'openinference.span.kind': 'EVALUATOR',
            'evaluations.0.evaluation.name': 'relevance',
            'evaluations.0.evaluation.score': 0.2,
            'evaluations.0.evaluation.annotator_kind': 'LLM',
          },
        }),
      ],
      { spanId: target.spanId, annotator: 'model' },
    ],
    [
      'by link, judge output',
      [
        span({
          ...judge,
          name: 'relevance',
          links: link,
          attributes: {
            'openinference.span.kind': 'EVALUATOR',
            'output.value': '{"score":0.2,"explanation":"off"}',
          },
        }),
      ],
      { spanId: target.spanId, explanation: 'off' },
    ],
    [
      'by parent (Logfire)',
      [
        span({
          traceId: target.traceId,
          spanId: '3'.repeat(16),
          parentId: target.spanId,
          attributes: {
            'logfire.span_type': 'annotation',
            'logfire.feedback.name': 'relevance',
            relevance: 0.2,
            'logfire.feedback.comment': 'off',
          },
        }),
      ],
      { spanId: target.spanId, annotator: 'human', explanation: 'off' },
    ],
    [
      'by parent, judge output',
      [
        span({
          traceId: target.traceId,
          spanId: '3'.repeat(16),
          parentId: target.spanId,
          name: 'relevance',
          attributes: {
            'langfuse.observation.type': 'evaluator',
            'langfuse.observation.output': '{"score":0.2}',
          },
        }),
      ],
      { spanId: target.spanId },
    ],
    [
      'by the span it names (traceAI)',
      [
        span({
          traceId: target.traceId,
          spanId: '3'.repeat(16),
          attributes: {
            ...evaluation(),
            'gen_ai.span.kind': 'EVALUATOR',
            'gen_ai.evaluation.target_span_id': target.spanId,
          },
        }),
      ],
      { spanId: target.spanId },
    ],
    [
      'by trace id',
      [
        {
          kind: 'score',
          score: { traceId: target.traceId, sessionId: null, responseId: null, score: score() },
        },
      ],
      {},
    ],
    [
      'by session',
      [
        {
          kind: 'score',
          score: { traceId: null, sessionId: 's-1', responseId: null, score: score() },
        },
      ],
      {},
    ],
  ];
  const judged = span({
    ...target,
    attributes: { 'gen_ai.response.id': 'r-1', 'session.id': 's-1' },
  });
  for (const order of ['before', 'after'] as const) {
    it.each(rows)(`%s, arriving ${order} it`, (_, records, expected) => {
      const result = assembled(order === 'after' ? [judged, ...records] : [...records, judged]);
      expect(only(result).scores).toEqual([score(expected)]);
      expect(result.problems).toEqual([]);
    });
  }

  it('on the span itself: event, annotation of span, trace and session', () => {
    const attributes = {
      'session.id': 's-1',
      'annotations.0.annotation.name': 'a',
      'annotations.0.annotation.label': 'good',
      'trace.annotations.0.annotation.name': 'b',
      'trace.annotations.0.annotation.score': 1,
      'session.evaluations.0.evaluation.name': 'c',
      'session.evaluations.0.evaluation.score': 0,
    };
    const events = [{ name: 'gen_ai.evaluation.result', time: null, attributes: evaluation() }];
    const { scores } = only(assembled([span({ ...target, attributes, events })]));
    expect(scores.map(({ name, value, label, spanId }) => [name, value, label, spanId])).toEqual([
      ['relevance', 0.2, null, target.spanId],
      ['a', null, 'good', target.spanId],
      ['b', 1, null, null],
      ['c', 0, null, null],
    ]);
  });

  it('or is reported, with where it was read', () => {
    const result = assembled([
      {
        kind: 'score',
        score: { traceId: id('9'), sessionId: null, responseId: null, score: score() },
      },
      log({
        name: 'gen_ai.evaluation.result',
        attributes: evaluation({ 'gen_ai.response.id': 'gone' }),
      }),
      judged,
    ]);
    expect(only(result).scores).toEqual([]);
    expect(codes(result)).toEqual(['unmatched_score at 1', 'unmatched_score at 2']);
  });

  it.each([
    ['thumbs-down', null, 'thumbs_down', -1],
    ['👍', null, 'thumbs_up', 1],
    ['thumbs_up', 5, 'thumbs_up', 5],
    ['hallucinated', 1, 'hallucinated', 1],
  ])('with its thumb spelled one way: %s, %s', (label, value, expected, number) => {
    const raw = {
      traceId: target.traceId,
      sessionId: null,
      responseId: null,
      score: score({ label, value }),
    };
    const { scores } = only(assembled([judged, { kind: 'score', score: raw }]));
    expect(scores).toEqual([score({ label: expected, value: number })]);
  });
});

describe('spans', () => {
  it('come in order of start, then of arrival', () => {
    const records = [
      ['c', 3],
      ['a', 1],
      ['b', 1],
      ['n', null],
    ].map(([name, start]) =>
      span({
        spanId: String(name),
        name: String(name),
        startTime: start as number | null,
        endTime: null,
      }),
    );
    expect(only(assembled(records)).spans.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'n']);
  });

  it('that come twice are one: the more complete wins, the later of equals', () => {
    const small = span({ name: 'small' });
    const full = span({ name: 'full', attributes: { text: 'much more' } });
    for (const records of [
      [small, full],
      [full, small],
    ]) {
      expect(only(assembled(records)).spans.map(({ name }) => name)).toEqual(['full']);
    }
    expect(only(assembled([small, span({ name: 'later' })])).spans[0]?.name).toBe('later');
  });

  it('without their parent are roots with a gap', () => {
    const trace = only(assembled([span({ parentId: 'gone' })]));
    expect(trace.spans[0]?.parentId).toBeNull();
    expect(trace.gaps.map(({ kind }) => kind)).toContain('orphan_span');
  });

  it('that are their own ancestors are cut loose and do not hang', () => {
    const ring = ['a', 'b', 'c'].map((spanId, at) =>
      span({
        spanId,
        parentId: ['b', 'c', 'a'][at] as string,
        attributes: { 'llm.token_count.prompt': 1 },
      }),
    );
    const trace = only(assembled([...ring, span({ spanId: 'self', parentId: 'self' })]));
    expect(trace.spans).toHaveLength(4);
    expect(trace.spans.filter(({ parentId }) => parentId === null).length).toBeGreaterThan(0);
  });

  it('known only from their log events are made from them', () => {
    const at = { traceId: id('1'), spanId: '1'.repeat(16) };
    const trace = only(
      assembled([
        log({ ...at, name: 'gen_ai.user.message', body: { content: 'Hi?' } }),
        log({
          ...at,
          name: 'gen_ai.choice',
          body: { message: { content: 'Ho.' }, finish_reason: 'stop' },
        }),
      ]),
    );
    expect(trace).toMatchObject({ input: 'Hi?', output: 'Ho.' });
    expect(trace.spans[0]).toMatchObject({ kind: 'model', finishReason: 'stop' });
  });

  it('take the log events that name them', () => {
    const at = { traceId: id('1'), spanId: '1'.repeat(16) };
    const trace = only(
      assembled([
        log({
          ...at,
          name: 'gen_ai.client.inference.operation.details',
          attributes: { 'gen_ai.input.messages': [{ role: 'user', content: 'Hi?' }] },
        }),
        span({ ...at, attributes: { 'gen_ai.operation.name': 'chat' } }),
        log({
          ...at,
          name: 'exception',
          attributes: { 'exception.type': 'TimeoutError', 'exception.message': 'slow' },
        }),
      ]),
    );
    expect(trace).toMatchObject({ input: 'Hi?', error: { type: 'TimeoutError', message: 'slow' } });
  });

  it('pending in Logfire are not yet spans', () => {
    expect(
      assembled([span({ attributes: { 'logfire.span_type': 'pending_span' } })]).traces,
    ).toEqual([]);
  });
});

describe('memory', () => {
  const chat = (letter: string, text: string): RawRecord =>
    span({ traceId: id(letter), attributes: { text } });

  it('stays in its budget: what is quiet longest closes first', () => {
    const big = 'x'.repeat(1000);
    const result = assembled(
      [chat('1', big), chat('2', big), chat('1', `${big}y`), chat('3', big)],
      {
        maxBytes: 4000,
      },
    );
    expect(result.traces.map((trace) => trace.id[0])).toEqual(['2', '1', '3']);
  });

  it('is given back by traces that were quiet for long', () => {
    const records = ['1', '2', '2', '2', '3'].map((letter) => chat(letter, ''));
    const { traces } = assembled(records, { quietRecords: 3 });
    expect(traces.map((trace) => trace.id[0])).toEqual(['1', '2', '3']);
  });

  it('keeps no closed trace: late spans are reported', () => {
    const records = ['1', '2', '2', '2', '1'].map((letter) => chat(letter, ''));
    const result = assembled(records, { quietRecords: 2 });
    expect(codes(result)).toEqual(['late_span at 5']);
  });

  it('closes at the end in order of first appearance', () => {
    const records = ['2', '1', '3', '2'].map((letter) => chat(letter, ''));
    expect(assembled(records).traces.map((trace) => trace.id[0])).toEqual(['2', '1', '3']);
  });
});

it('counts log records that are no GenAI events once, and names events without a trace', () => {
  const result = assembled([
    log({ name: 'http.request', traceId: id('1') }),
    log({ name: '' }),
    log({ name: 'gen_ai.user.message', body: { content: 'Hi?' } }),
  ]);
  expect(result.traces).toEqual([]);
  expect(codes(result)).toEqual(['unmatched_log at 3', 'ignored_log at 1']);
  expect(result.problems[1]?.message).toContain('2 log records');
});
