import { describe, expect, test } from 'vitest';
import { call, makeSpan, makeTrace } from '../testing/trace.ts';
import { reportSpans } from './spans.ts';

const span = (id: string, parentId: string | null, startTime: number | null) =>
  makeSpan({ id, parentId, startTime, endTime: startTime === null ? null : startTime + 50 });

const drawn = (...spans: readonly ReturnType<typeof span>[]): string[] =>
  reportSpans(makeTrace({ startTime: 1_000, spans })).spans.map(
    ({ id, depth, startMs }) => `${'-'.repeat(depth)}${id} ${startMs}`,
  );

describe('the steps of a trace', () => {
  test('come parents first, siblings by their start', () => {
    expect(
      drawn(
        span('tool', 'agent', 1_200),
        span('model', 'agent', 1_100),
        span('inner', 'tool', 1_210),
        span('agent', null, 1_000),
      ),
    ).toEqual(['agent 0', '-model 100', '-tool 200', '--inner 210']);
  });

  test('an orphan and a circle are roots', () => {
    expect(drawn(span('a', 'b', 2_000), span('b', 'a', 1_500), span('c', 'gone', 1_900))).toEqual([
      'c 900',
      'b 500',
      '-a 1000',
    ]);
  });

  test('a chain of any length ends', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      span(`s${at}`, at ? `s${at - 1}` : null, null),
    );
    const { spans, omittedSpans } = reportSpans(makeTrace({ spans: chain }));
    expect([spans.length, omittedSpans]).toEqual([100, 19_900]);
    expect(Math.max(...spans.map(({ depth }) => depth))).toBe(30);
  });

  test('show what a step took; sums of other steps are left out', () => {
    const usage = {
      inputTokens: 300,
      outputTokens: 20,
      cachedTokens: null,
      reasoningTokens: null,
      cost: 0.01,
    };
    const trace = makeTrace({
      startTime: 1_000,
      spans: [
        makeSpan({ id: 'a', usage, usageIsAggregate: true }),
        makeSpan({
          id: 'm',
          parentId: 'a',
          startTime: 1_010,
          endTime: 1_500,
          usage,
          model: 'aster',
        }),
        makeSpan({
          id: 't',
          parentId: 'a',
          startTime: 1_600,
          toolCall: call('track', {}),
          status: 'error',
          error: { type: 'Timeout', message: 'no answer', spanId: 't' },
        }),
      ],
    });
    expect(reportSpans(trace).spans).toMatchObject([
      { id: 'a', tokens: null, cost: null },
      {
        id: 'm',
        startMs: 10,
        durationMs: 490,
        tokens: 320,
        cost: 0.01,
        model: 'aster',
        error: null,
      },
      { id: 't', name: 'track', error: 'Timeout: no answer' },
    ]);
  });
});
