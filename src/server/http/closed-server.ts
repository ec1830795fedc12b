import type { Server as HttpServer } from 'node:http';

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

/** Lets `closed` know when a server answers nothing any more. */
export function countRequests(server: HttpServer): void {
  answering.set(server, 0);
  server.on('request', (_, response) => {
    answering.set(server, (answering.get(server) ?? 0) + 1);
    response.once('close', () => answering.set(server, (answering.get(server) ?? 1) - 1));
  });
}
