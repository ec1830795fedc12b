import type { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';
import { CulpritError } from '../../contract/culprit-error.ts';

/** Throws CulpritError `invalid_option` for a port that is taken, and an address that is none of this machine. */
export const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code ?? cause.message;
      const message = OF_HOST.has(reason)
        ? `host: this machine has no address “${host}” (${reason}); give one of its own, such as 127.0.0.1, or 0.0.0.0 for all`
        : `port: ${host}:${port} cannot be used (${reason}); choose another`;
      reject(new CulpritError('invalid_option', message, { cause }));
    });
    server.listen(port, host, resolve);
  });

/** What is said of an address that is no name, or of another machine. */
const OF_HOST: ReadonlySet<string> = new Set([
  ...['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EADDRNOTAVAIL', 'EINVAL', 'EAFNOSUPPORT'],
]);

/** Milliseconds that requests have for their end when the server closes. */
export const CLOSE_MS = 5_000;

/**
 * Ends what is being answered, then every connection: browsers open some before they need them, and those count as neither
 * idle nor in use. Slow clients do not keep it open.
 */
export const closed = (server: HttpServer): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    const end = setInterval(() => {
      server.closeIdleConnections();
      if (answering.get(server) === 0) server.closeAllConnections();
    }, 20);
    server.close(() => {
      clearTimeout(late);
      clearInterval(end);
      resolve();
    });
  });

/** Requests that each server is answering. */
const answering = new WeakMap<HttpServer, number>();

/** Counts what it answers, for its end. */
export function countRequests(server: HttpServer): void {
  answering.set(server, 0);
  server.on('request', (_, response) => {
    answering.set(server, (answering.get(server) ?? 0) + 1);
    response.once('close', () => answering.set(server, (answering.get(server) ?? 1) - 1));
  });
}

/** `http://host:port`. */
export function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
