import {
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { BodySource } from '../http/body.ts';
import type { OtlpSignal } from '../http/otlp-answer.ts';
import { problemOf, RequestError } from '../http/problem.ts';
import { receiveExport } from '../http/receive-export.ts';
import type { ServerContext } from '../server-context.ts';
import { grpcMessage } from './grpc-message.ts';
import { failedTrailers, OK_TRAILERS } from './grpc-trailers.ts';

/** OTLP over gRPC, without encryption; keys are metadata, as they are headers over HTTP. */
export interface GrpcServer {
  readonly server: Http2Server;
  /** Takes no new calls, ends those that are being answered. */
  close(): Promise<void>;
}

/** Signals by the path of their method. */
const METHODS: Readonly<Record<string, OtlpSignal>> = {
  '/opentelemetry.proto.collector.trace.v1.TraceService/Export': 'traces',
  '/opentelemetry.proto.collector.logs.v1.LogsService/Export': 'logs',
  '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export': 'metrics',
};

/** Milliseconds without a byte after which a call is given up. */
const IDLE = 120_000;

/** Milliseconds that calls have to end when the server stops. */
const PATIENCE = 10_000;

export function grpcServer(context: ServerContext): GrpcServer {
  const server = createServer({
    settings: { maxConcurrentStreams: 100, initialWindowSize: 256 * 1024 },
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  // What breaks a connection concerns its client alone.
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    stream.setTimeout(IDLE, () => stream.close(constants.NGHTTP2_CANCEL));
    void answer(context, stream, headers);
  });
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        // A client that does not read its answers would keep its connection for ever.
        const deadline = setTimeout(() => {
          for (const session of sessions) session.destroy();
        }, PATIENCE);
        server.close(() => {
          clearTimeout(deadline);
          resolve();
        });
        for (const session of sessions) session.close();
      }),
  };
}

async function answer(
  context: ServerContext,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
): Promise<void> {
  if (!isGrpc(headers)) {
    end(stream, { ':status': 415 });
    return;
  }
  const begun = context.clock();
  const method = headers[':path'] ?? '';
  const signal = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  let status = 200;
  try {
    const response = await called(context, stream, headers, signal);
    if (stream.destroyed) return;
    stream.respond(HEADERS, { waitForTrailers: true });
    stream.once('wantTrailers', () => stream.sendTrailers(OK_TRAILERS));
    stream.end(framed(response));
  } catch (error) {
    const problem = problemOf(error);
    ({ status } = problem);
    if (status === 500) context.onError(error);
    end(stream, { ...HEADERS, ...failedTrailers(problem) });
  }
  const seconds = Math.max(0, context.clock() - begun) / 1000;
  context.metrics.answered(`gRPC ${signal ?? 'unknown'}`, status, seconds);
}

async function called(
  context: ServerContext,
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  signal: OtlpSignal | undefined,
): Promise<Uint8Array> {
  if (signal === undefined)
    throw new RequestError({
      status: 405,
      code: 'unknown_method',
      detail: 'this server has Export of TraceService, LogsService and MetricsService alone',
    });
  const { project } = await context.checkAccess(metadata(headers), 'ingest');
  const encoding = headers['grpc-encoding'];
  const incoming: BodySource = await grpcMessage(
    stream,
    typeof encoding === 'string' ? encoding : undefined,
    context.bodies.limit,
  );
  return receiveExport(context, { project, incoming }, signal, 'protobuf');
}

const isGrpc = (headers: IncomingHttpHeaders): boolean =>
  headers[':method'] === 'POST' &&
  /^application\/grpc(?:\+proto)?(?:;|$)/i.test(headers['content-type'] ?? '');

const HEADERS = {
  ':status': 200,
  'content-type': 'application/grpc+proto',
  'grpc-accept-encoding': 'identity,gzip,deflate,zstd',
};

/** Answers with headers alone, and tells a client that still sends that nobody listens. */
function end(stream: ServerHttp2Stream, headers: Record<string, string | number>): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond(headers, { endStream: true });
  stream.close(constants.NGHTTP2_NO_ERROR);
}

/** A message that is not compressed. */
function framed(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function metadata(headers: IncomingHttpHeaders): Headers {
  const found = new Headers();
  for (const [name, value] of Object.entries(headers))
    if (!name.startsWith(':') && value !== undefined) found.set(name, String(value));
  return found;
}
