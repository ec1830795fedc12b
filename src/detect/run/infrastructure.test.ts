import { expect, test } from 'vitest';
import { infrastructureErrorIn } from './infrastructure.ts';

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
  ["ModuleNotFoundError: No module named 'pandas'", 'not found'],
  ['The model `gpt-x` does not exist', 'not found'],
  ['404 Not Found', 'not found'],
  ['User not found', null],
  ['The order costs 429 dollars', null],
  ['ValueError: invalid literal for int()', null],
  ['Flight 503 leaves at noon', null],
])('%s is %s', (text, kind) => {
  expect(infrastructureErrorIn(text)?.kind ?? null).toBe(kind);
});
