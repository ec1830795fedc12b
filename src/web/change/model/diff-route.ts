import type { Sides } from './diff-model.ts';

/** The view that the page shows: the content of the hash, so that every view can be linked. */
export type DiffRoute =
  | { readonly kind: 'home'; readonly query: string }
  | { readonly kind: 'cause'; readonly id: string }
  | { readonly kind: 'trace'; readonly id: string }
  | { readonly kind: 'map'; readonly sides: Sides };

export const HOME: DiffRoute = { kind: 'home', query: '' };

/** Unknown hashes go to the list. Causes and traces have the addresses of the report of an analysis. */
export function parseDiffRoute(hash: string): DiffRoute {
  const [page = '', search = ''] = hash.replace(/^#/, '').split('?');
  const parts = new URLSearchParams(search);
  if (page === 'map') {
    const sides = parts.get('side');
    return { kind: 'map', sides: sides === 'before' || sides === 'after' ? sides : 'both' };
  }
  const id = decoded(page);
  if (id.startsWith('c-')) return { kind: 'cause', id };
  if (id.startsWith('t-')) return { kind: 'trace', id: id.slice(2) };
  return { kind: 'home', query: parts.get('q') ?? '' };
}

export function diffHash(route: DiffRoute): string {
  switch (route.kind) {
    case 'home':
      return route.query.trim() === ''
        ? '#home'
        : `#home?q=${encodeURIComponent(route.query.toWellFormed())}`;
    case 'cause':
      return `#${encodeURIComponent(route.id.toWellFormed())}`;
    case 'trace':
      return `#t-${encodeURIComponent(route.id.toWellFormed())}`;
    case 'map':
      return route.sides === 'both' ? '#map' : `#map?side=${route.sides}`;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
