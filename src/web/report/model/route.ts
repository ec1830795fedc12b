/** What the page shows; kept in the URL's hash so that every view can be linked and the back button works. */
export type Route =
  | { readonly kind: 'overview' }
  | { readonly kind: 'cluster'; readonly id: string }
  | { readonly kind: 'trace'; readonly id: string }
  | { readonly kind: 'noise' }
  | { readonly kind: 'selection' }
  | { readonly kind: 'run' };

/** Unknown hashes are the overview: a link from another report must not break this one. */
export function parseRoute(hash: string): Route {
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text === 'noise' || text === 'selection' || text === 'run') return { kind: text };
  const id = decode(text.slice(2));
  if (id === null || id === '') return { kind: 'overview' };
  if (text.startsWith('c-')) return { kind: 'cluster', id };
  if (text.startsWith('t-')) return { kind: 'trace', id };
  return { kind: 'overview' };
}

export function routeHash(route: Route): string {
  switch (route.kind) {
    case 'overview':
      return '#overview';
    case 'cluster':
      return `#c-${encodeURIComponent(wellFormed(route.id))}`;
    case 'trace':
      return `#t-${encodeURIComponent(wellFormed(route.id))}`;
    case 'noise':
    case 'selection':
    case 'run':
      return `#${route.kind}`;
  }
}

export const clusterHash = (id: string): string => routeHash({ kind: 'cluster', id });
export const traceHash = (id: string): string => routeHash({ kind: 'trace', id });

/** encodeURIComponent throws on lone surrogates, which trace ids of broken recorders may hold. */
const wellFormed = (id: string): string =>
  id.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
