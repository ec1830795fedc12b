import { expect, test } from 'vitest';
import { makeTrace } from '../../testing/trace.ts';
import { QuestionCoverage } from './question-coverage.ts';
import { failuresOf, reasons, times } from './testing/reasons.ts';
import { whyHere } from './why.ts';

test('an error of the platform comes first and decides the layer', () => {
  const trace = makeTrace({
    model: 'mini',
    error: { type: 'TimeoutError', message: 'Request timed out', spanId: null },
  });
  const signal = {
    category: 'infrastructure_error',
    evidence: [{ spanId: null, path: '/error/message', quote: 'Request timed out' }],
  };
  const passing = times(40, () => makeTrace({ model: 'large' }));
  expect(
    reasons(
      'infrastructure_error',
      failuresOf(() => trace, signal),
      passing,
    ).map(({ layer }) => layer),
  ).toEqual(['platform', 'model']);
});

test('nothing recorded: no reason, and the layer is unknown', () => {
  expect(
    reasons(
      'agent_loop',
      failuresOf(() => makeTrace(), { category: 'agent_loop' }),
    ),
  ).toEqual([]);
  expect(
    whyHere({
      category: 'unexplained',
      members: [],
      passing: [],
      coverage: new QuestionCoverage(),
    }),
  ).toEqual({
    why: [],
    layer: 'unknown',
  });
});
