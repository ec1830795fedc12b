import { describe, expect, it } from 'vitest';
import type { Origin, Trace } from '../../contract/trace.ts';
import { readRecords } from '../testing/read-records.ts';
import { traceAssembler } from './trace-assembler.ts';

const origin: Origin = { file: 'f', format: 'test', line: 1 };

/** Puts together what the values hold, in that order, and counts the problems. */
function assembled(values: readonly unknown[], quietRecords = 50_000) {
  const problems: string[] = [];
  const assembler = traceAssembler({ onProblem: ({ code }) => problems.push(code), quietRecords });
  const { records } = readRecords(values as never);
  const traces: Trace[] = [
    ...records.flatMap((record) => assembler.add(record, origin)),
    ...assembler.end(),
  ];
  return {
    scores: traces.map((trace) => [
      trace.id,
      trace.scores.map((score) => `${score.name} ${score.spanId}`),
    ]),
    problems,
  };
}

const TRACE = '4a1b2c3d4e5f60718293a4b5c6d7e8f9';
const SPAN = 'b7ad6b7169203331';
const span = (traceId: string, spanId: string) => ({
  name: 'a',
  spanContext: { traceId, spanId },
  attributes: { 'session.id': 's-1', 'gen_ai.response.id': `r-${spanId}` },
});
const annotation = (about: object, name: string) => ({
  ...about,
  name,
  annotator_kind: 'HUMAN',
  result: { score: 0 },
});

describe('a score apart from its span', () => {
  it.each([
    ['before', (score: object) => [score, span(TRACE, SPAN)]],
    ['after', (score: object) => [span(TRACE, SPAN), score]],
  ])('finds it when it comes %s it: by trace, by session, by span', (_, order) => {
    for (const [about, spanId] of [
      [{ trace_id: TRACE }, null],
      [{ session_id: 's-1' }, null],
      [{ span_id: SPAN }, SPAN],
    ] as const) {
      expect(assembled(order(annotation(about, 'q')))).toEqual({
        scores: [[TRACE, [`q ${spanId}`]]],
        problems: [],
      });
    }
  });

  it('about a session is about each of its traces', () => {
    const other = TRACE.replace('4', '5');
    expect(
      assembled([
        span(TRACE, SPAN),
        annotation({ session_id: 's-1' }, 'q'),
        span(other, '1'.repeat(16)),
      ]),
    ).toEqual({
      scores: [
        [TRACE, ['q null']],
        [other, ['q null']],
      ],
      problems: [],
    });
  });

  it('waits however long its trace takes to come, and does not make it late', () => {
    const others = Array.from({ length: 20 }, (_, n) =>
      span(`${n + 10}`.repeat(16), SPAN.replace('b', '8')),
    );
    const { scores, problems } = assembled(
      [annotation({ trace_id: TRACE }, 'q'), ...others, span(TRACE, SPAN)],
      5,
    );
    expect(scores.at(-1)).toEqual([TRACE, ['q null']]);
    expect(problems).toEqual([]);
  });

  it('about a conversation finds it by its id', () => {
    for (const id of [TRACE, '01a202db-a3ac-7000-8000-03895139d317', 'run-7']) {
      const row = { trace_id: id, input: 'a', output: 'b' };
      expect(assembled([annotation({ trace_id: id }, 'q'), row]).scores).toEqual([
        [id, ['q null']],
      ]);
    }
  });

  it('about nothing in the input is reported once', () => {
    expect(assembled([annotation({ span_id: '1'.repeat(16) }, 'q'), span(TRACE, SPAN)])).toEqual({
      scores: [[TRACE, []]],
      problems: ['unmatched_score'],
    });
  });
});
