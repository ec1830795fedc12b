import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface ReceivedRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly input: readonly string[];
    readonly dimensions?: number;
  };
}

export type Answer = (
  request: ReceivedRequest,
  response: ServerResponse,
  index: number,
) => void | Promise<void>;

export interface EmbeddingServer extends AsyncDisposable {
  readonly baseUrl: string;
  readonly received: readonly ReceivedRequest[];
}

/** A real HTTP server on the loopback address that answers as told. */
export async function embeddingServer(answer: Answer = answerWell): Promise<EmbeddingServer> {
  const received: ReceivedRequest[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const entry = {
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: (await json(request)) as ReceivedRequest['body'],
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

/** The vector of a text: its length and its first character's code. */
export const vectorOf = (text: string): number[] => [text.length, text.charCodeAt(0), 1];

export const answerWell: Answer = ({ body }, response) => {
  const data = body.input.map((text, index) => ({
    object: 'embedding',
    index,
    embedding: vectorOf(text),
  }));
  sendJson(response, 200, {
    object: 'list',
    data: data.toReversed(),
    model: body.model,
    usage: { prompt_tokens: body.input.join('').length, total_tokens: 0 },
  });
};

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}
