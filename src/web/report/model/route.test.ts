import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRoute, type Route, routeHash } from './route.ts';

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
])('the hash "%s" is read', (hash, route) => {
  expect(parseRoute(hash)).toEqual(route);
});

test('any well-formed id survives the hash', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
      expect(parseRoute(routeHash({ kind: 'trace', id }))).toEqual({ kind: 'trace', id });
    }),
  );
});

test('an id with half a surrogate pair still makes a link', () => {
  expect(routeHash({ kind: 'trace', id: 'a\ud800' })).toBe('#t-a%EF%BF%BD');
});
