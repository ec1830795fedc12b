import { expect, test } from 'vitest';
import {
  assistant,
  call,
  makeTrace,
  result,
  system,
  tool,
  user,
  yes,
} from '../../../testing/trace.ts';
import { hallucinatedEntity } from './hallucinated-entity.ts';

const lookup = [tool('get_order', { id: { type: 'string' } })];
test.each([
  ['get_refund', ['function', 'get_refund']],
  ['getOrder', ['misspelled function', 'getorder']],
  ['get_order', null],
])('calling %s', (name, expected) => {
  const trace = makeTrace({
    tools: lookup,
    messages: [user('Where is it?'), assistant('', call(name, { id: '1' }))],
  });
  expect(yes(hallucinatedEntity, trace)[0]?.cause ?? null).toEqual(expected);
});

test.each([
  ['returned data', '{"refund":12}', 'You help with orders.', []],
  ['stands in the system prompt', null, 'For refunds call get_refund.', []],
  ['is unknown to the runtime', "Error: unknown tool 'get_refund'", '', ['function']],
])('a function that %s', (_, answer, prompt, cause) => {
  const messages = [
    ...(prompt === '' ? [] : [system(prompt)]),
    user('Where is my money?'),
    assistant('', call('get_refund', { id: '1' })),
    ...(answer === null ? [] : [result('call-1', 'get_refund', answer)]),
  ];
  const found = yes(hallucinatedEntity, makeTrace({ tools: lookup, messages }));
  expect(found.map((signal) => signal.cause[0])).toEqual(cause);
});

test.each([
  ['Track it at https://track.example.com/A-100.', null],
  ['Track it at https://parcels.example.org/x.', 'url'],
  ['Write to help@example.com.', null],
  ['Write to refunds@example.com.', 'mail'],
  ['Order A-100 is in terms.pdf.', 'file'],
  ['Your order is ORD-99812.', 'id'],
  ['It cost 298M in FY2022.', null],
])('after a tool result: %s', (output, expected) => {
  const trace = makeTrace({
    tools: lookup,
    messages: [
      user('Where is A-100?'),
      assistant('', call('get_order', { id: 'A-100' }, 'c')),
      result('c', 'get_order', {
        url: 'https://track.example.com/A-100',
        contact: 'help@example.com',
      }),
      assistant(output),
    ],
  });
  expect(yes(hallucinatedEntity, trace)[0]?.cause ?? null).toEqual(
    expected === null ? null : [expected],
  );
});
