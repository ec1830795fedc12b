import { describe, expect, it } from 'vitest';
import type { Score, Trace } from '../../contract/trace.ts';
import type { RawRecord, RawSpan } from '../record.ts';
import { rawSpan } from '../testing/raw.ts';
import { traceAssembler } from './trace-assembler.ts';

const id = (letter: string): string => letter.repeat(32);
const span = (parts: Partial<RawSpan>): RawRecord => ({ kind: 'span', span: rawSpan(parts) });
const score = (name = 'relevance'): Score => ({
  ...{ name, value: 0.2, label: null, explanation: null, annotator: 'unknown', spanId: null },
});
const empty: RawRecord = {
  kind: 'log',
  log: {
    ...{ traceId: id('1'), spanId: null, name: 'anything', time: null, body: null },
    ...{ attributes: {}, resource: {} },
  },
};

describe('records that are grouped by trace', () => {
  const origin = { file: 'store', format: 'culprit-store', line: null };
  const problems: string[] = [];
  const onProblem = ({ code }: { code: string }): unknown => problems.push(code);
  const about = (traceId: string | null, parts: object = {}): RawRecord => ({
    kind: 'score',
    score: { traceId, sessionId: null, responseId: null, score: score(), ...parts },
  });
  const records: readonly RawRecord[] = [
    about(null, { responseId: 'r', score: score('unplaced') }),
    span({ traceId: id('1'), spanId: '1' }),
    empty,
    about(id('1')),
    about(id('1'), { score: score('second') }),
    span({ traceId: id('2'), spanId: '2', attributes: { 'gen_ai.response.id': 'r' } }),
    span({ traceId: id('2'), spanId: '3', parentId: '2' }),
    span({ traceId: id('3'), spanId: '4' }),
  ];
  const shown = (traces: readonly Trace[]) =>
    traces.map(({ id: traceId, spans, scores }) => [
      traceId[0],
      spans.length,
      scores.map(({ name }) => name),
    ]);

  it('are a trace once the next begins', () => {
    const assembler = traceAssembler({ onProblem, isGrouped: true });
    const closed = records.map((record) => shown(assembler.add(record, origin)));
    expect(closed.map((traces, at) => [at, ...traces]).filter((row) => row.length > 1)).toEqual([
      [5, ['1', 1, ['relevance', 'second']]],
      [7, ['2', 2, ['unplaced']]],
    ]);
    expect(shown(assembler.end())).toEqual([['3', 1, []]]);
  });

  it('are the same traces as in any order', () => {
    const assembler = traceAssembler({ onProblem });
    for (const record of records) expect(assembler.add(record, origin)).toEqual([]);
    expect(shown(assembler.end())).toEqual([
      ['1', 1, ['relevance', 'second']],
      ['2', 2, ['unplaced']],
      ['3', 1, []],
    ]);
  });
});
