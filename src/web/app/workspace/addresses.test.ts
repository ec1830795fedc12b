import { describe, expect, test } from 'vitest';
import type { Address, Route } from '../../report/model/route.ts';
import { EVERYTHING } from '../../report/model/scope.ts';
import { addressHref, addressOf } from './addresses.ts';

const back = (href: string): Address => {
  const { pathname, search } = new URL(href, 'http://localhost');
  return addressOf(pathname, search);
};

describe('addresses of the workspace', () => {
  test.each<readonly [Route, string]>([
    [{ kind: 'home' }, '/p/shop'],
    [{ kind: 'cluster', id: 'c-12345678' }, '/p/shop/causes/c-12345678'],
    [{ kind: 'trace', id: 'a/b ?#%' }, '/p/shop/traces/a%2Fb%20%3F%23%25'],
    [{ kind: 'traces' }, '/p/shop/failures'],
    [{ kind: 'noise' }, '/p/shop/alone'],
    [{ kind: 'map' }, '/p/shop/map'],
    [{ kind: 'run' }, '/p/shop/about'],
  ])('%o is at %s, and is read from there', (route, path) => {
    const address: Address = { route, granularity: null, scope: EVERYTHING };
    expect(addressHref('shop', address)).toBe(path);
    expect(back(path)).toEqual(address);
  });

  test('keep level and scope', () => {
    const address: Address = {
      route: { kind: 'home' },
      granularity: 'fine',
      scope: { ...EVERYTHING, tenant: 'acme & co', promptVersion: '3', query: 'refund' },
    };
    expect(back(addressHref('shop', address))).toEqual(address);
  });

  test('a lone surrogate in an id does not break a link', () => {
    const address: Address = {
      route: { kind: 'trace', id: 'x\ud800' },
      granularity: null,
      scope: EVERYTHING,
    };
    expect(addressHref('shop', address)).toBe('/p/shop/traces/x%EF%BF%BD');
  });
});
