import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRANULARITIES } from '../../../contract/grouping.ts';
import { type Address, addressHash, parseAddress, type Route } from './route.ts';

test.each<[string, Route]>([
  ['', { kind: 'overview' }],
  ['#', { kind: 'overview' }],
  ['#c-7f3a', { kind: 'cluster', id: '7f3a' }],
  ['#t-order%2F12', { kind: 'trace', id: 'order/12' }],
  ['#noise', { kind: 'noise' }],
  ['#selection', { kind: 'selection' }],
  ['#run', { kind: 'run' }],
  ['#c-', { kind: 'overview' }],
  ['#x-1', { kind: 'overview' }],
  ['#c-%E0%A4%A', { kind: 'overview' }],
])('parses the hash "%s"', (hash, route) => {
  expect(parseAddress(hash)).toEqual({ route, granularity: null });
});

test.each<[string, Address]>([
  ['#c-7f3a?level=fine', { route: { kind: 'cluster', id: '7f3a' }, granularity: 'fine' }],
  ['#overview?level=coarsest', { route: { kind: 'overview' }, granularity: 'coarsest' }],
  ['#?level=finest', { route: { kind: 'overview' }, granularity: 'finest' }],
  ['#noise?level=huge', { route: { kind: 'noise' }, granularity: null }],
  ['#run?', { route: { kind: 'run' }, granularity: null }],
])('parses the level in "%s"', (hash, address) => {
  expect(parseAddress(hash)).toEqual(address);
});

test('round-trips any well-formed id and level', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom(...GRANULARITIES, null),
      (id, granularity) => {
        const address: Address = { route: { kind: 'trace', id }, granularity };
        expect(parseAddress(addressHash(address))).toEqual(address);
      },
    ),
  );
});

test('makes a link for an id with half a surrogate pair', () => {
  expect(addressHash({ route: { kind: 'trace', id: 'a\ud800' }, granularity: null })).toBe(
    '#t-a%EF%BF%BD',
  );
});
