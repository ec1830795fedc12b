import { describe, expect, test } from 'vitest';
import { makeSpan, makeTrace } from '../../../testing/trace.ts';
import { buildModel } from '../../report/model/report-model.ts';
import { makeReport } from '../../report/testing/make-report.ts';
import type { StoredTrace } from '../client/queries.ts';
import { traceModel } from './trace-model.ts';

const stored = (id: string, failed: boolean, spans = 3): StoredTrace => ({
  summary: { ...({} as NonNullable<StoredTrace['summary']>), source: 'otlp', failed },
  judgedBy: null,
  trace: makeTrace({
    id,
    startTime: 1_000,
    spans: Array.from({ length: spans }, (_, i) =>
      makeSpan({ id: `s${i}`, startTime: 1_000 + i, endTime: 2_000 }),
    ),
  }),
  signals: [
    {
      detector: 'empty_output',
      verdict: 'yes',
      spanId: 's1',
      path: '/output',
      quote: 'nothing',
    },
  ],
});

describe('the model of one stored trace', () => {
  test('has every step, uncut', () => {
    const model = traceModel(null, stored('t', true, 5_000));
    const trace = model.traceById.get('t');
    expect(trace?.spans).toHaveLength(5_000);
    expect(trace?.omittedSpans).toBe(0);
    expect(trace?.evidence).toEqual([{ spanId: 's1', path: '/output', quote: 'nothing' }]);
  });

  test('a failure that the analysis has not looked at gets what was found on arrival', () => {
    const base = buildModel(makeReport({ failures: 40 }));
    const model = traceModel(base, stored('new', true));
    const at = model.failureById.get('new') ?? -1;
    expect(model.failures[at]?.signals.map(({ detector }) => detector)).toEqual(['empty_output']);
    expect(model.clusterOf[at]).toBe(-1);
    expect(base.failureById.has('new')).toBe(false);
  });

  test('one that the analysis has looked at keeps what it says', () => {
    const base = buildModel(makeReport({ failures: 40 }));
    const id = base.failures[0]?.traceId ?? '';
    const model = traceModel(base, stored(id, true));
    expect(model.failures).toBe(base.failures);
    expect(model.traceById.get(id)?.spans).toHaveLength(3);
  });

  test('a trace that passed is no failure', () => {
    expect(traceModel(null, stored('good', false)).failures).toEqual([]);
  });
});
