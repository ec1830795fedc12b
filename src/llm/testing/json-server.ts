import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface ReceivedRequest<Body> {
  readonly path: string;
  readonly authorization: string | undefined;
  /** From the headers in which Anthropic, Google and Azure take it. */
  readonly apiKey: string | undefined;
  readonly body: Body;
}

export type Answer<Body> = (
  request: ReceivedRequest<Body>,
  response: ServerResponse,
  index: number,
) => void | Promise<void>;

export interface JsonServer<Body> extends AsyncDisposable {
  readonly baseUrl: string;
  readonly received: readonly ReceivedRequest<Body>[];
}

/** A real HTTP server on the loopback address with configurable answers. */
export async function jsonServer<Body>(answer: Answer<Body>): Promise<JsonServer<Body>> {
  const received: ReceivedRequest<Body>[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const entry = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      apiKey: ['x-api-key', 'x-goog-api-key', 'api-key']
        .flatMap((name) => request.headers[name])
        .find(Boolean),
      body: (await json(request)) as Body,
    };
    received.push(entry);
    await answer(entry, response, received.length - 1);
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    received,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
