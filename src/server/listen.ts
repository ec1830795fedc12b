import { createServer, type Server } from 'node:net';
import { CulpritError } from '../contract/culprit-error.ts';

/**
 * Has a server listen.
 * @throws CulpritError `invalid_option`, which names the host or the port, whichever is at fault.
 */
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

/** Whether this machine has the address, before anything is begun. Throws what `listen` throws. */
export async function checkHost(host: string): Promise<void> {
  const server = createServer();
  await listen(server, 0, host);
  await new Promise((done) => server.close(done));
}

/** `http://host:port` of a server that listens. */
export function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
