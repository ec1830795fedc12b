import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GRANULARITIES } from '../../../contract/grouping.ts';
import { type Address, addressHash, parseAddress, type Route } from './route.ts';
import { EVERYTHING, fewCorners } from './scope.ts';

test.each<[string, Route]>([
  ['', { kind: 'home' }],
  ['#', { kind: 'home' }],
  ['#c-7f3a', { kind: 'cluster', id: 'c-7f3a' }],
  ['#t-order%2F12', { kind: 'trace', id: 'order/12' }],
  ['#noise', { kind: 'noise' }],
  ['#traces', { kind: 'traces' }],
  ['#map', { kind: 'map' }],
  ['#run', { kind: 'run' }],
  ['#c-', { kind: 'home' }],
  ['#x-1', { kind: 'home' }],
  ['#c-%E0%A4%A', { kind: 'home' }],
])('parses the hash "%s"', (hash, route) => {
  expect(parseAddress(hash)).toEqual({ route, granularity: null, scope: EVERYTHING });
});

test.each<[string, Partial<Address>]>([
  ['#c-7f3a?level=fine', { route: { kind: 'cluster', id: 'c-7f3a' }, granularity: 'fine' }],
  ['#home?level=coarsest', { granularity: 'coarsest' }],
  ['#noise?level=huge', { route: { kind: 'noise' } }],
  [
    '#home?promptVersion=v+4&tenant=&from=2026-06-01T00:00:00.000Z&to=x&q=a%26b',
    {
      scope: {
        ...EVERYTHING,
        promptVersion: 'v 4',
        tenant: '',
        from: 1_780_272_000_000,
        query: 'a&b',
      },
    },
  ],
  [
    '#map?area=0_0_1_0_1_1',
    { route: { kind: 'map' }, scope: { ...EVERYTHING, area: [0, 0, 1, 0, 1, 1] } },
  ],
  ['#map?area=0_0_1', { route: { kind: 'map' } }],
  ['#home?level=fine&%E0%A4%A', { granularity: 'fine' }],
])('parses level and scope in "%s"', (hash, part) => {
  const all: Address = { route: { kind: 'home' }, granularity: null, scope: EVERYTHING };
  expect(parseAddress(hash)).toEqual({ ...all, ...part });
});

test('round-trips any well-formed id, level and scope', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => value.trim() !== '');
  const name = fc.option(fc.string({ unit: 'grapheme' }));
  const time = fc.option(fc.integer({ min: 0, max: 4e12 }));
  const area = fc.option(
    fc
      .array(fc.tuple(fc.integer({ max: 999, min: -999 }), fc.integer({ max: 999, min: -999 })), {
        minLength: 3,
        maxLength: 20,
      })
      .map((points) => points.flat()),
  );
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(...GRANULARITIES, null),
      fc.record({
        tenant: name,
        promptVersion: name,
        release: name,
        model: name,
        signal: name,
        from: time,
        to: time,
        query: text,
        area,
      }),
      (id, granularity, scope) => {
        const address: Address = { route: { kind: 'trace', id }, granularity, scope };
        expect(parseAddress(addressHash(address))).toEqual(address);
      },
    ),
  );
});

test('makes a link for an id with half a surrogate pair', () => {
  expect(
    addressHash({ route: { kind: 'trace', id: 'a\ud800' }, granularity: null, scope: EVERYTHING }),
  ).toBe('#t-a%EF%BF%BD');
});

test('a long drawn path keeps at most 64 corners', () => {
  const path = Array.from({ length: 2000 }, (_, i) => i);
  expect(fewCorners(path).length).toBeLessThanOrEqual(128);
  expect(fewCorners([0, 0, 1, 0, 1, 1])).toEqual([0, 0, 1, 0, 1, 1]);
});
