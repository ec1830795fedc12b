import { expect, test } from 'vitest';
import { assistant, call, makeTrace, result, tool, user, yes } from '../../../testing/trace.ts';
import { hallucinatedEntity } from './hallucinated-entity.ts';

const lookup = [tool('get_order', { id: { type: 'string' } })];
test.each([
  ['get_refund', 'function'],
  ['getOrder', 'misspelled function'],
  ['get_order', null],
])('calling %s', (name, expected) => {
  const trace = makeTrace({
    tools: lookup,
    messages: [user('Where is it?'), assistant('', call(name, { id: '1' }))],
  });
  expect(yes(hallucinatedEntity, trace)[0]?.cause ?? null).toEqual(
    expected === null ? null : [expected],
  );
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
