import { RequestError } from './problem.ts';

/**
 * Refuses what a page of another site makes a browser send: browsers add cookies by themselves, and reach loopback.
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

/** Names that lead to this machine alone. */
const LOOPBACK =
  /^(?:127\.\d+\.\d+\.\d+|\[::1\]|(?:.+\.)?localhost|host\.docker\.internal)(?::\d+)?$/i;

/** Refuses a name that somebody else has pointed to this machine, through which their page would read. Throws RequestError 403. */
export function refuseForeignName(headers: Headers): void {
  const host = headers.get('host');
  if (host === null || LOOPBACK.test(host)) return;
  throw new RequestError({
    status: 403,
    code: 'unknown_host',
    detail:
      'without sign-in, this server answers under names of this machine alone, such as localhost; start it with --auth to use others',
  });
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
