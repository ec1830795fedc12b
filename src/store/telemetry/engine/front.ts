import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { bindParameters } from './bind-parameters.ts';
import { exceptionOf } from './exception.ts';
import { type EngineRequest, engineRequest } from './request.ts';
import type { Sessions } from './sessions.ts';
import { insertFrom, statementOf, withSettings } from './statement.ts';

export interface FrontOptions {
  readonly sessions: Sessions;
  /** Folder for the data of inserts, in memory where there is such a place. Wiped at the start. */
  readonly scratch: string;
}

/**
 * An HTTP server in front of the embedded engine that speaks ClickHouse's HTTP interface, as far as `@clickhouse/client`
 * uses it: `/ping`; a statement in the body, or in `query` with data in the body; `param_*`, settings and `query_id` in the URL;
 * gzip both ways; errors with their code; rows streamed at the pace at which they are read.
 * It has no users: whoever reaches it may do everything, reading files included.
 */
export async function engineFront({ sessions, scratch }: FrontOptions): Promise<Server> {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  return createServer({ maxHeaderSize: MAX_URL_BYTES }, (incoming, outgoing) => {
    answer(incoming, outgoing, sessions, scratch).catch((error: unknown) =>
      refuse(outgoing, error),
    );
  });
}

/** As ClickHouse has it: parameters are in the URL. */
const MAX_URL_BYTES = 1 << 20;

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  sessions: Sessions,
  scratch: string,
): Promise<void> {
  const url = new URL(incoming.url ?? '/', 'http://engine');
  if (url.pathname === '/ping' || (incoming.method === 'GET' && !url.searchParams.has('query'))) {
    outgoing.end('Ok.\n');
    return;
  }
  const request = engineRequest(url);
  const queryId = request.queryId ?? randomUUID();
  outgoing.setHeader('X-ClickHouse-Query-Id', queryId);
  outgoing.setHeader('X-ClickHouse-Server-Display-Name', 'culprit');
  const body = bodyOf(incoming);
  const format = request.sql === null ? null : statementOf(request.sql).format;
  if (request.sql !== null && format !== null && statementOf(request.sql).kind === 'insert') {
    await insert(request, format, body, sessions, join(scratch, randomUUID()));
    outgoing.end();
    return;
  }
  const sql = `${request.sql ?? ''}${await textOf(body)}`;
  await run({ ...request, sql }, incoming, outgoing, sessions);
}

/** Data goes through a file, which the engine reads as it is. */
async function insert(
  request: EngineRequest,
  format: string,
  body: Readable,
  sessions: Sessions,
  path: string,
): Promise<void> {
  const bound = bindParameters(request.sql ?? '', request.parameters);
  const sql = insertFrom(path, bound, format, request.settings);
  try {
    await pipeline(body, createWriteStream(path, { mode: 0o600 }));
    await sessions.use(request.database, (session) =>
      session.queryAsync(sql, { format: 'JSONEachRow' }),
    );
  } finally {
    await rm(path, { force: true });
  }
}

async function run(
  request: EngineRequest,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  sessions: Sessions,
): Promise<void> {
  const sql = bindParameters(request.sql ?? '', request.parameters);
  const statement = statementOf(sql);
  const whole = withSettings(sql, statement, request.settings);
  const format = statement.format ?? 'JSONEachRow';
  outgoing.setHeader('Content-Type', `${typeOf(format)}; charset=UTF-8`);
  outgoing.setHeader('X-ClickHouse-Format', format);
  const isStreamed = statement.kind === 'read' && /EachRow$/.test(format);
  await sessions.use(request.database, async (session) => {
    if (!isStreamed) {
      const result = await session.queryAsync(whole, { format });
      await send(Readable.from([result.bytes()]), incoming, outgoing);
      return;
    }
    const rows = session.queryStream(whole, { format });
    try {
      const pieces = rows[Symbol.asyncIterator]();
      // The first piece, before the status is sent: most errors show by then.
      const first = await pieces.next();
      await send(Readable.from(raw(first, pieces)), incoming, outgoing);
    } finally {
      rows.cancel();
    }
  });
}

async function* raw(
  first: IteratorResult<{ raw(): Uint8Array }>,
  rest: AsyncIterator<{ raw(): Uint8Array }>,
): AsyncGenerator<Uint8Array> {
  for (let next = first; !next.done; next = await rest.next()) yield Buffer.from(next.value.raw());
}

async function send(
  bytes: Readable,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const isGzip = /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''));
  if (!isGzip) return pipeline(bytes, outgoing);
  outgoing.setHeader('Content-Encoding', 'gzip');
  await pipeline(bytes, createGzip({ level: 1 }), outgoing);
}

/** Half-way through an answer, only breaking off shows that it is not whole. */
function refuse(outgoing: ServerResponse, error: unknown): void {
  if (outgoing.headersSent || outgoing.destroyed) {
    outgoing.destroy();
    return;
  }
  const { status, code, message } = exceptionOf(error);
  outgoing.removeHeader('Content-Encoding');
  outgoing.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(code),
  });
  outgoing.end(`${message}\n`);
}

/** The body, unzipped; fails when its sender goes away. */
function bodyOf(incoming: IncomingMessage): Readable {
  if (incoming.headers['content-encoding'] !== 'gzip') return incoming;
  const unzipped = createGunzip();
  pipeline(incoming, unzipped).catch((error: Error) => unzipped.destroy(error));
  return unzipped;
}

async function textOf(body: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of body) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

const typeOf = (format: string): string =>
  format.startsWith('JSON') ? 'application/json' : 'application/octet-stream';
