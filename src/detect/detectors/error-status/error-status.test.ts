import { expect, test } from 'vitest';
import type { Span, TraceError } from '../../../contract/trace.ts';
import { assistant, makeSpan, makeTrace, signalsOf, user, yes } from '../../../testing/trace.ts';
import { statementText } from '../../../text/statement.ts';
import { errorStatus } from './error-status.ts';

const failure = (message: string, type = 'ValueError'): TraceError => ({
  type,
  message,
  spanId: null,
});

/** A run that its recorder marks as failed: a root and steps, `!` after those that failed. */
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
  ['the root describes an error', run(failure('boom'), ['tool!', 'tool', 'model']), 'yes'],
  ['the root alone failed', run(failure('', '_OTHER'), ['tool', 'model']), 'yes'],
])('%s', (_, trace, verdict) => {
  expect(signalsOf(errorStatus, trace)).toMatchObject([{ verdict }]);
});

test('an unnamed error is not named, however the recorder writes it', () => {
  const statements = ['', '_OTHER'].map((type) =>
    yes(errorStatus, run(failure('boom', type), ['tool'])).map((signal) =>
      statementText(signal.statement),
    ),
  );
  expect(statements).toEqual(Array(2).fill(['The run ended with an error']));
});

test('error status is quoted, typed and masked', () => {
  const error = {
    type: 'KeyError',
    message: "no order 'A-1234' for bob@example.com",
    spanId: 's1',
  };
  expect(yes(errorStatus, makeTrace({ status: 'error', error }))).toMatchObject([
    {
      category: null,
      spanId: 's1',
      cause: ['keyerror', 'no order <value> for <mail>'],
      evidence: [{ path: '/error/message' }],
    },
  ]);
});

test('an error status that reads like infrastructure has that category', () => {
  const error = { type: 'RateLimitError', message: 'Error code: 429', spanId: null };
  expect(yes(errorStatus, makeTrace({ status: 'error', error }))).toMatchObject([
    { category: 'infrastructure_error', cause: ['429'] },
  ]);
});

test('without status and spans it cannot tell', () => {
  expect(signalsOf(errorStatus, makeTrace())[0]?.verdict).toBe('unknown');
  expect(signalsOf(errorStatus, makeTrace({ status: 'ok' }))[0]?.verdict).toBe('no');
});
