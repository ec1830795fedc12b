import { describe, expect, it } from 'vitest';
import {
  assistant,
  call,
  causes,
  makeTrace,
  result,
  signalsOf,
  system,
  tool,
  user,
  yes,
} from '../../../testing/trace.ts';
import { statementText } from '../../../text/statement.ts';
import { isVerbatim } from '../../evidence.ts';
import { toolArgumentMismatch } from './tool-argument-mismatch.ts';

const refund = tool('refund_order', { order_id: { type: 'string' } }, ['order_id']);
const lookup = tool('lookup_account', { email: { type: 'string' } });

/** A support run: the account is looked up, then an order is refunded with the given id. */
const support = (account: Parameters<typeof result>[2], orderId: string, outcome: string) =>
  makeTrace({
    tools: [lookup, refund],
    messages: [
      system('Refund orders of customers.'),
      user('Please refund my last order, I am ann@example.com.'),
      assistant('', call('lookup_account', { email: 'ann@example.com' }, 'c1')),
      result('c1', 'lookup_account', account),
      assistant('', call('refund_order', { order_id: orderId }, 'c2')),
      result('c2', 'refund_order', outcome),
    ],
  });

describe('toolArgumentMismatch', () => {
  it.each([
    [
      'a nested field',
      { account: { id: 'AC-10293' }, orders: [{ order_id: 'OR-55' }] },
      'account.id',
    ],
    ['a field of another name', { user: { account_id: 'AC-10293' } }, 'account_id'],
    ['YAML', 'name: Ann\naccount_id: AC-10293\norders:\n- OR-55\n', 'account_id'],
  ])('names both fields when the value came from %s', (_, account, field) => {
    const trace = support(account, 'AC-10293', 'Error: order not found');
    const [signal, ...rest] = yes(toolArgumentMismatch, trace);
    expect(rest).toEqual([]);
    expect(signal).toMatchObject({
      cause: ['other field', 'refund_order.order_id', `from ${field}`],
      category: 'tool_argument_mismatch',
    });
    expect(signal && statementText(signal.statement)).toBe(
      '`refund_order` got the account id as `order_id`',
    );
    expect(signal?.evidence[0]).toMatchObject({
      path: '/messages/4/toolCalls/0/arguments/order_id',
      quote: 'AC-10293',
    });
    expect(signal?.evidence.every((item) => isVerbatim(trace, item))).toBe(true);
  });

  it('gives two customers the same cause', () => {
    const [first, second] = ['AC-10293', 'AC-77421'].map((id) =>
      causes(toolArgumentMismatch, support({ account: { id } }, id, 'Error: order not found')),
    );
    expect(first).toHaveLength(1);
    expect(first).toEqual(second);
  });

  it.each([
    ['of the right kind', { account: { id: 'AC-1' }, orders: [{ id: 'OR-5512' }] }, 'OR-5512'],
    ['under a synonym', { order: { number: 'OR-5512' } }, 'OR-5512'],
    ['whose field says nothing', { id: 'OR-5512' }, 'OR-5512'],
    ['in prose', 'The last order is OR-5512.', 'OR-5512'],
  ])('accepts a value %s', (_, account, id) => {
    expect(yes(toolArgumentMismatch, support(account, id, 'refunded'))).toEqual([]);
  });

  it('reports an invented value when it occurs nowhere', () => {
    const trace = support({ account: { id: 'AC-1' } }, 'OR-99817', 'Error: order not found');
    expect(causes(toolArgumentMismatch, trace)).toEqual(['invented value | refund_order.order_id']);
  });

  it('finds the kind of a value in the words of the user', () => {
    const trace = makeTrace({
      tools: [refund],
      messages: [
        user('My account number is AC-4471. Refund my order, please.'),
        assistant('', call('refund_order', { order_id: 'AC-4471' }, 'c1')),
        result('c1', 'refund_order', '{"error": "unknown order"}'),
      ],
    });
    expect(causes(toolArgumentMismatch, trace)[0]).toBe(
      'other field | refund_order.order_id | from account',
    );
  });

  const channel = (...outcomes: readonly string[]) =>
    makeTrace({
      messages: [
        user('Post this to the general channel.'),
        ...outcomes.flatMap((outcome, index) => [
          assistant('', call('post', { channel: `general ${'!'.repeat(index)}` }, `c${index}`)),
          result(`c${index}`, 'post', outcome),
        ]),
      ],
    });

  it('finds a value that the tool rejected for good', () => {
    const refused = "ValueError: channel 'general' not found in the list";
    expect(causes(toolArgumentMismatch, channel(refused))).toEqual([
      'value turned down | post | valueerror: channel <value> not found in the list',
    ]);
    expect(yes(toolArgumentMismatch, channel(refused, 'posted'))).toEqual([]);
    expect(yes(toolArgumentMismatch, channel('ValueError: No channels found'))).toEqual([]);
    expect(yes(toolArgumentMismatch, channel('Error: connection refused, host not found'))).toEqual(
      [],
    );
  });

  it('does not blame a call for a number that the user gave', () => {
    const trace = makeTrace({
      messages: [
        user('Where is ZX-17?'),
        assistant('', call('get_parcel', { id: 'ZX-17' })),
        result('c1', 'get_parcel', 'Error: parcel not found'),
        assistant('There is no such parcel.'),
      ],
    });
    expect(yes(toolArgumentMismatch, trace)).toEqual([]);
  });

  it('finds two swapped identifiers', () => {
    const trace = makeTrace({
      messages: [
        user('Move my seat.'),
        assistant('', call('find', {}, 'c1')),
        result('c1', 'find', { booking_id: 'BK-7781', flight_number: 'LX-1180' }),
        assistant('', call('move', { booking_id: 'LX-1180', flight_number: 'BK-7781' }, 'c2')),
        result('c2', 'move', 'ok'),
      ],
    });
    const signals = yes(toolArgumentMismatch, trace);
    expect(signals).toMatchObject([{ cause: ['swapped', 'move.booking_id', 'flight_number'] }]);
    expect(signals.map(({ statement }) => statementText(statement))).toEqual([
      '`move` was called with `booking_id` and `flight_number` swapped',
    ]);
  });

  const travel = tool('route', {
    origin: { type: 'string' },
    destination: { type: 'string' },
    distance_km: { type: 'number', description: 'Longest distance in kilometers.' },
  });
  const routed = (request: string, args: Parameters<typeof call>[1]) =>
    makeTrace({ tools: [travel], messages: [user(request), assistant('', call('route', args))] });

  it.each([
    [
      'start and end swapped',
      'How do I get from Ulm to Bonn?',
      { origin: 'Bonn', destination: 'Ulm' },
      'swapped | route.origin | destination',
    ],
    [
      'miles given where kilometers are asked for',
      'From Ulm to Bonn, at most 300 miles.',
      { origin: 'Ulm', destination: 'Bonn', distance_km: 300 },
      'unit | route.distance_km | from mile',
    ],
  ])('finds %s', (_, request, args, expected) => {
    expect(causes(toolArgumentMismatch, routed(request, args))).toEqual([expected]);
  });

  it('accepts the right direction and unit', () => {
    const args = { origin: 'Ulm', destination: 'Bonn', distance_km: 300 };
    expect(yes(toolArgumentMismatch, routed('From Ulm to Bonn, at most 300 km.', args))).toEqual(
      [],
    );
  });

  const books = tool(
    'book_room',
    {
      room: { type: 'string', description: 'Possible options: single, double, suite.' },
      check_in: { type: 'string', description: 'Date in the format YYYY-MM-DD.' },
      nights: { type: 'integer', description: 'Number of nights to stay.' },
      discount: { type: 'number', description: 'Discount, ranging from 0 to 1.' },
      view: { type: 'string', description: "The view, for example 'sea' or 'garden'." },
    },
    ['room'],
  );
  const book = (request: string, args: Parameters<typeof call>[1]) =>
    makeTrace({
      tools: [books],
      messages: [user(request), assistant('', call('book_room', args))],
    });

  it.each([
    ['a missing argument', 'A room.', { nights: 1 }, 'missing | book_room.room'],
    ['a wrong type', 'A suite.', { room: 3 }, 'wrong type | book_room.room'],
    [
      'an unknown argument',
      'A suite.',
      { room: 'suite', floor: 1 },
      'unexpected | book_room.floor',
    ],
    ['a value not listed', 'A loft.', { room: 'loft' }, 'not a listed value | book_room.room'],
    [
      'another date form',
      'From 3 May 2024.',
      { room: 'suite', check_in: '05/03/2024' },
      'date form | book_room.check_in',
    ],
    [
      'a percentage for a fraction',
      '5% off.',
      { room: 'suite', discount: 5 },
      'out of described range | book_room.discount',
    ],
    [
      'nothing as text',
      'A suite.',
      { room: 'suite', view: 'None' },
      'nothing as text | book_room.view',
    ],
    [
      'a placeholder',
      'A suite, please.',
      { room: 'suite', view: '<view>' },
      'placeholder | book_room.view',
    ],
    [
      'a number left out',
      'A suite for 4 nights.',
      { room: 'suite' },
      'left out, number | book_room.nights',
    ],
    [
      'a listed value left out',
      'A suite with sea view.',
      { room: 'suite' },
      'left out, listed value | book_room.view',
    ],
    [
      'an altered number',
      'A suite for 14 nights.',
      { room: 'suite', nights: 114 },
      'altered number | book_room.nights',
    ],
  ])('finds %s', (_, request, args, expected) => {
    expect(causes(toolArgumentMismatch, book(request, args))).toContain(expected);
  });

  it.each([
    [
      'A suite for three nights from 2024-05-03, please.',
      { room: 'suite', nights: 3, check_in: '2024-05-03' },
    ],
    ['A double with 20% off.', { room: 'double', discount: 0.2 }],
    ['A room.', { room: 'Single' }],
  ])('is silent where the call does what %j asks', (request, args) => {
    expect(yes(toolArgumentMismatch, book(request, args))).toEqual([]);
  });

  it('cannot tell without calls', () => {
    expect(signalsOf(toolArgumentMismatch, makeTrace())).toMatchObject([{ verdict: 'unknown' }]);
  });
});
