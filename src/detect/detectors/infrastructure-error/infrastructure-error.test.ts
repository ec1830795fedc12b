import { expect, test } from 'vitest';
import {
  assistant,
  call,
  defaultOptions,
  makeSpan,
  makeTrace,
  result,
  user,
  yes,
} from '../../../testing/trace.ts';
import { infrastructureKind } from '../../run/infrastructure.ts';
import { errorStatus } from '../error-status/error-status.ts';
import { infrastructureError } from './infrastructure-error.ts';

test.each([
  ['Error code: 429 - Rate limit reached for requests', '429'],
  ['RateLimitError: too many tokens per minute', '429'],
  ['ThrottlingException: Too many requests', '429'],
  ['You exceeded your current quota, please check your plan', 'quota'],
  ['AuthenticationError: Incorrect API key provided: sk-…', 'auth'],
  ['HTTP 401 Unauthorized', 'auth'],
  ['status code: 403', 'auth'],
  ['Request timed out.', 'timeout'],
  ['httpx.ReadTimeout: deadline', 'timeout'],
  ['504 Gateway Time-out', 'timeout'],
  ['overloaded_error: Overloaded', 'overloaded'],
  ['503 Service Unavailable', 'overloaded'],
  ['500 Internal Server Error', '5xx'],
  ['upstream returned 502 Bad Gateway', '5xx'],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'connection'],
  ['requests.exceptions.ConnectionError: Max retries exceeded', 'connection'],
  ["ModuleNotFoundError: No module named 'pandas'", 'not_found'],
  ['The model `gpt-x` does not exist', 'not_found'],
  ['404 Not Found', 'not_found'],
  ['User not found', null],
  ['The order costs 429 dollars', null],
  ['ValueError: invalid literal for int()', null],
  ['Flight 503 leaves at noon', null],
])('%s is %s', (text, kind) => {
  expect(infrastructureKind(text)?.kind ?? null).toBe(kind);
});

const failing = (content: string) => [
  user('How warm is it?'),
  assistant('', call('weather', {}, 'c1')),
  result('c1', 'weather', content),
];

test('a tool that stays down is an infrastructure error with the tool in its fingerprint', () => {
  const trace = makeTrace({
    messages: [...failing('Error: 503 Service Unavailable'), assistant('Sorry.')],
  });
  expect(yes(infrastructureError, trace)).toMatchObject([
    {
      category: 'infrastructure_error',
      fingerprint: 'infrastructure_error|overloaded|weather',
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
  expect(infrastructureError.detect(makeTrace({ messages }), defaultOptions)[0]?.verdict).toBe(
    'no',
  );
});

test('a result that only speaks of errors is none', () => {
  const text = 'Guide: when the API answers with rate limit errors (HTTP 429), wait and retry.';
  expect(
    infrastructureError.detect(makeTrace({ messages: failing(text) }), defaultOptions)[0]?.verdict,
  ).toBe('no');
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
    fingerprint: 'infrastructure_error|timeout',
    spanId: 'a',
  });
  expect(yes(infrastructureError, makeTrace({ spans: [down, up] }))).toEqual([]);
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
      fingerprint: 'error_status|keyerror|no order <value> for <mail>',
      evidence: [{ path: '/error/message' }],
    },
  ]);
});

test('an error status that reads like infrastructure has that category', () => {
  const error = { type: 'RateLimitError', message: 'Error code: 429', spanId: null };
  expect(yes(errorStatus, makeTrace({ status: 'error', error }))).toMatchObject([
    { category: 'infrastructure_error', fingerprint: 'error_status|429' },
  ]);
});

test.each([
  ['Internal error occurred.', 'error as answer'],
  ['{"error": {"code": 503, "message": "Service Unavailable"}}', 'overloaded'],
  ['Error code: 429 - rate limit reached', '429'],
])('the answer %j is an error message: %s', (answer, kind) => {
  const trace = makeTrace({ messages: [user('Hi'), assistant(answer)] });
  expect(yes(infrastructureError, trace)).toMatchObject([
    { fingerprint: `infrastructure_error|${kind}`, evidence: [{ path: '/output' }] },
  ]);
});

test.each([
  'An internal review found no fault.',
  'A 503 means that the service is unavailable for now.',
  'Too many cooks spoil the broth.',
  '{"error": null, "total": 17}',
])('the answer %j is none', (answer) => {
  const trace = makeTrace({ messages: [user('Hi'), assistant(answer)] });
  expect(yes(infrastructureError, trace)).toEqual([]);
});

test('without status and spans error status is not known', () => {
  expect(errorStatus.detect(makeTrace(), defaultOptions)[0]?.verdict).toBe('unknown');
  expect(errorStatus.detect(makeTrace({ status: 'ok' }), defaultOptions)[0]?.verdict).toBe('no');
});
