import { RequestError } from './problem.ts';

/**
 * Refuses what a page of another site makes a browser send: browsers add cookies by themselves.
 * Throws RequestError 403.
 */
export function refuseCrossSite(method: string, headers: Headers): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const isOwn = origin === null || hostOf(origin) === headers.get('host');
  if (isOwn && (site === null || site === 'same-origin' || site === 'none')) return;
  throw new RequestError({
    status: 403,
    code: 'cross_site',
    detail: 'pages of other sites may not do that; send a key of the project',
  });
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
