import { expect, test } from 'vitest';
import { traceLink } from './trace-link.ts';

test.each([
  [null, 'a', null],
  ['https://x.example/t/{trace_id}', 'a/b?c', 'https://x.example/t/a%2Fb%3Fc'],
  ['https://x.example/{trace_id}', 'a\ud800', 'https://x.example/a%EF%BF%BD'],
  ['javascript:alert(1)//{trace_id}', 'a', null],
  ['/t/{trace_id}', 'a', null],
])('%s with id %s', (template, id, link) => {
  expect(traceLink(template, id)).toBe(link);
});
