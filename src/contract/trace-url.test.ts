import { expect, test } from 'vitest';
import { traceAddress } from './trace-address.ts';
import { traceUrlSchema } from './trace-url.ts';

test.each([
  ['https://traces.example.com/t/{trace_id}', true],
  ['http://localhost:3000/project/p1/traces?peek={trace_id}', true],
  ['https://example.com/#/trace/{trace_id}', true],
  ['https://example.com/trace', false],
  ['https://example.com/{trace_id}/{trace_id}', false],
  ['https://{trace_id}.example.com/', false],
  ['https://{trace_id}@example.com/', false],
  ['javascript:alert("{trace_id}")', false],
  ['data:text/html,{trace_id}', false],
  ['/t/{trace_id}', false],
])('%s: %s', (template, isValid) => {
  expect(traceUrlSchema.safeParse(template).success).toBe(isValid);
});

test.each([
  ['5c1a', 'https://example.com/t/5c1a'],
  ['../../admin?x=1#y', 'https://example.com/t/..%2F..%2Fadmin%3Fx%3D1%23y'],
  ['$&\ud800', 'https://example.com/t/%24%26%EF%BF%BD'],
])('the id %j stays one part of the address', (id, expected) => {
  expect(traceAddress('https://example.com/t/{trace_id}', id)).toBe(expected);
});
