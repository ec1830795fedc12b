import { expect, test } from 'vitest';
import {
  assistant,
  call,
  makeSpan,
  makeTrace,
  result,
  signalsOf,
  user,
  yes,
} from '../../../testing/trace.ts';
import { infrastructureError } from './infrastructure-error.ts';

const failing = (content: string) => [
  user('How warm is it?'),
  assistant('', call('weather', {}, 'c1')),
  result('c1', 'weather', content),
];

test('a tool that stays down is an infrastructure error with the tool in its cause', () => {
  const trace = makeTrace({
    messages: [...failing('Error: 503 Service Unavailable'), assistant('Sorry.')],
  });
  expect(yes(infrastructureError, trace)).toMatchObject([
    {
      category: 'infrastructure_error',
      cause: ['overloaded', 'weather'],
      evidence: [{ path: '/messages/2/content', quote: 'Error: 503 Service Unavailable' }],
    },
  ]);
});

test('a retry that works clears it', () => {
  const messages = [
    ...failing('Error: 503 Service Unavailable'),
    assistant('', call('weather', {}, 'c2')),
    result('c2', 'weather', '21 °C'),
    assistant('It is 21 °C.'),
  ];
  expect(signalsOf(infrastructureError, makeTrace({ messages }))[0]?.verdict).toBe('no');
});

test('a result that only mentions errors is not an error', () => {
  const text = 'Guide: when the API answers with rate limit errors (HTTP 429), wait and retry.';
  expect(signalsOf(infrastructureError, makeTrace({ messages: failing(text) }))[0]?.verdict).toBe(
    'no',
  );
});

test('errors on spans count unless a later span of the same name succeeds', () => {
  const down = makeSpan({
    id: 'a',
    name: 'chat',
    kind: 'model',
    status: 'error',
    error: { type: 'APITimeoutError', message: 'Request timed out.', spanId: 'a' },
  });
  const up = makeSpan({ id: 'b', name: 'chat', kind: 'model', status: 'ok' });
  expect(yes(infrastructureError, makeTrace({ spans: [down] }))[0]).toMatchObject({
    cause: ['timeout'],
    spanId: 'a',
  });
  expect(yes(infrastructureError, makeTrace({ spans: [down, up] }))).toEqual([]);
});

test.each([
  ['Internal error occurred.', 'error as answer'],
  ['{"error": {"code": 503, "message": "Service Unavailable"}}', 'overloaded'],
  ['Error code: 429 - rate limit reached', '429'],
])('the answer %j is an error message: %s', (answer, kind) => {
  const trace = makeTrace({ messages: [user('Hi'), assistant(answer)] });
  expect(yes(infrastructureError, trace)).toMatchObject([
    { cause: [kind], evidence: [{ path: '/output' }] },
  ]);
});

test.each([
  'An internal review found no fault.',
  'A 503 means that the service is unavailable for now.',
  'Too many cooks spoil the broth.',
  '{"error": null, "total": 17}',
])('the answer %j is not an error message', (answer) => {
  const trace = makeTrace({ messages: [user('Hi'), assistant(answer)] });
  expect(yes(infrastructureError, trace)).toEqual([]);
});
