import { GRANULARITIES, type Granularity } from '../../../contract/grouping.ts';

/** The view that the page shows. */
export type Route =
  | { readonly kind: 'overview' }
  | { readonly kind: 'cluster'; readonly id: string }
  | { readonly kind: 'trace'; readonly id: string }
  | { readonly kind: 'noise' }
  | { readonly kind: 'selection' }
  | { readonly kind: 'run' };

/** The content of the URL hash, so that every view at every level can be linked and the back button works. */
export interface Address {
  readonly route: Route;
  /** Null for the initial level, or one that has the cluster. */
  readonly granularity: Granularity | null;
}

const LEVEL = '?level=';

/** Unknown hashes go to the overview, so that a link from another report does not break this one. */
export function parseAddress(hash: string): Address {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  const at = text.indexOf('?');
  const page = at < 0 ? text : text.slice(0, at);
  const named = GRANULARITIES.find((name) => text.slice(page.length) === LEVEL + name);
  return { route: parseRoute(page), granularity: named ?? null };
}

function parseRoute(text: string): Route {
  if (text === 'noise' || text === 'selection' || text === 'run') return { kind: text };
  const id = decode(text.slice(2));
  if (id === null || id === '') return { kind: 'overview' };
  if (text.startsWith('c-')) return { kind: 'cluster', id };
  if (text.startsWith('t-')) return { kind: 'trace', id };
  return { kind: 'overview' };
}

export const addressHash = ({ route, granularity }: Address): string =>
  `#${page(route)}${granularity === null ? '' : LEVEL + granularity}`;

function page(route: Route): string {
  switch (route.kind) {
    case 'cluster':
      return `c-${encodeURIComponent(wellFormed(route.id))}`;
    case 'trace':
      return `t-${encodeURIComponent(wellFormed(route.id))}`;
    case 'overview':
    case 'noise':
    case 'selection':
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
