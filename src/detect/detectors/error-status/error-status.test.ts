import { expect, test } from 'vitest';
import type { Span, TraceError } from '../../../contract/trace.ts';
import { assistant, defaultOptions, makeSpan, makeTrace, user } from '../../../testing/trace.ts';
import { errorStatus } from './error-status.ts';

const failure = (message: string, type = 'ValueError'): TraceError => ({
  type,
  message,
  spanId: null,
});

/** A run that its recorder calls failed: a root and steps, `!` behind those that failed. */
function run(root: TraceError | null, steps: readonly string[], answer = 'The Gourmet Restaurant') {
  const spans = steps.map((step, index): Span => {
    const failed = step.endsWith('!');
    const kind = step.replace('!', '') as Span['kind'];
    const error = failed ? failure('no events found') : null;
    return makeSpan({
      id: `s${index}`,
      parentId: 'root',
      kind,
      status: failed ? 'error' : 'ok',
      error,
    });
  });
  return makeTrace({
    status: 'error',
    error: root ?? failure('no events found'),
    messages: [user('Where is the dinner?'), assistant(answer)],
    spans: [makeSpan({ id: 'root', kind: 'agent', status: 'error', error: root }), ...spans],
  });
}

test.each([
  ['a tool failed and another one worked', run(null, ['model', 'tool!', 'tool', 'model']), 'no'],
  ['the root names no error', run(failure('', '_OTHER'), ['tool!', 'tool', 'model']), 'no'],
  ['a model call was tried again', run(null, ['model!', 'model']), 'no'],
  ['the last tool failed', run(null, ['tool', 'tool!', 'model']), 'yes'],
  ['no answer came', run(null, ['tool!', 'tool', 'model'], ''), 'yes'],
  ['the root tells of an error', run(failure('boom'), ['tool!', 'tool', 'model']), 'yes'],
  ['the root alone failed', run(failure('', '_OTHER'), ['tool', 'model']), 'yes'],
])('%s', (_, trace, verdict) => {
  expect(errorStatus.detect(trace, defaultOptions)).toMatchObject([{ verdict }]);
});

test('an error of no known kind is untyped, whichever way the recorder says so', () => {
  const summaries = ['', '_OTHER'].map(
    (type) => errorStatus.detect(run(failure('boom', type), ['tool']), defaultOptions)[0]?.summary,
  );
  expect(summaries).toEqual(Array(2).fill('The run ended with an error (untyped)'));
});
