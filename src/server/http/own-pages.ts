import { RequestError } from './problem.ts';

/** What a browser says about where a request comes from and goes to. */
export interface BrowserHeaders {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly site: string | undefined;
}

/**
 * Refuses what a page of another site sends through the browser of the one user who needs no key: requests with the origin
 * of that page, and requests to a name that its owner made point to this machine.
 * @throws RequestError 403 `foreign_page`, 421 `foreign_host`
 */
export function checkOwnPages({ host, origin, site }: BrowserHeaders): void {
  if (host !== undefined && !isLoopbackHost(host))
    throw new RequestError({
      status: 421,
      code: 'foreign_host',
      detail: `this server has no key for its one user and answers to 127.0.0.1 and localhost only, not to ${host.slice(0, 100)}; start it with --host to serve other names, with keys`,
    });
  const isForeign = origin === undefined ? site === 'cross-site' : !isLoopbackOrigin(origin);
  if (!isForeign) return;
  throw new RequestError({
    status: 403,
    code: 'foreign_page',
    detail: `pages of other sites may not use this server (${(origin ?? site ?? '').slice(0, 100)})`,
  });
}

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|(?:[\w-]+\.)*localhost|\[::1\])$/i;

const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host.replace(/:\d+$/, ''));

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host);
}
