import type { Server as HttpServer } from 'node:http';
import type { Server } from 'node:net';

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
