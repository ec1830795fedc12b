import type { Server as HttpServer } from 'node:http';

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

/** Milliseconds that requests have for their end. */
export const CLOSE_MS = 5_000;

/** Requests that each server is answering. */
const answering = new WeakMap<HttpServer, number>();

/** From now on `closed` knows which requests the server is answering. */
export function countRequests(server: HttpServer): void {
  answering.set(server, 0);
  server.on('request', (_, response) => {
    answering.set(server, (answering.get(server) ?? 0) + 1);
    response.once('close', () => answering.set(server, (answering.get(server) ?? 1) - 1));
  });
}
