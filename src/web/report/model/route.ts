import { GRANULARITIES, type Granularity } from '../../../contract/grouping.ts';
import { encodeScope, parseScope, type Scope } from './scope.ts';

/** The view that the page shows. */
export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'cluster'; readonly id: string }
  | { readonly kind: 'trace'; readonly id: string }
  | { readonly kind: 'traces' }
  | { readonly kind: 'noise' }
  | { readonly kind: 'map' }
  | { readonly kind: 'run' };

/** The content of the URL hash, so that every view of every part at every level can be linked and the back button works. */
export interface Address {
  readonly route: Route;
  /** Null for the initial level, or one that has the cluster. */
  readonly granularity: Granularity | null;
  readonly scope: Scope;
}

/** Unknown hashes go to Home, so that a link from another report does not break this one. */
export function parseAddress(hash: string): Address {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  const at = text.indexOf('?');
  const parts = new URLSearchParams(at < 0 ? '' : text.slice(at + 1));
  const named = GRANULARITIES.find((name) => parts.get('level') === name);
  return {
    route: parseRoute(at < 0 ? text : text.slice(0, at)),
    granularity: named ?? null,
    scope: parseScope(parts),
  };
}

function parseRoute(text: string): Route {
  if (text === 'noise' || text === 'traces' || text === 'map' || text === 'run')
    return { kind: text };
  const id = decode(text);
  if (id === null || id.length < 3) return { kind: 'home' };
  // The id of a cluster begins with `c-` itself.
  if (id.startsWith('c-')) return { kind: 'cluster', id };
  if (id.startsWith('t-')) return { kind: 'trace', id: id.slice(2) };
  return { kind: 'home' };
}

export function addressHash({ route, granularity, scope }: Address): string {
  const parts = [granularity === null ? '' : `level=${granularity}`, encodeScope(scope)].filter(
    (part) => part !== '',
  );
  return `#${page(route)}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

function page(route: Route): string {
  switch (route.kind) {
    case 'cluster':
      return encodeURIComponent(wellFormed(route.id));
    case 'trace':
      return `t-${encodeURIComponent(wellFormed(route.id))}`;
    case 'home':
    case 'traces':
    case 'noise':
    case 'map':
    case 'run':
      return route.kind;
  }
}

/** encodeURIComponent throws on lone surrogates, which trace ids of faulty recorders may contain. */
const wellFormed = (id: string): string =>
  id.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
