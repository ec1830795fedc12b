import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import {
  CONTENT_TYPES,
  type OtlpEncoding,
  type OtlpSignal,
  otlpEncoding,
  RPC_CODES,
  statusAnswer,
} from '../http/otlp-answer.ts';
import { problemOf, RequestError } from '../http/problem.ts';
import { receiveExport } from '../http/receive-export.ts';
import { type Context, Hono, type MiddlewareHandler } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

/** Where clients of OpenTelemetry, Langfuse, LangSmith, Galileo and FutureAGI send OTLP to. */
const PREFIXES = ['/v1', '/api/public/otel/v1', '/otel/v1', '/otel', '/tracer/v1'];

/** OTLP over HTTP: protobuf and JSON, answered as the specification says, faults included. */
export function otlpRoutes(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();
  for (const prefix of PREFIXES)
    for (const signal of ['traces', 'logs', 'metrics'] as const)
      routes.all(
        `${prefix}/${signal}`,
        timed(context, signal),
        readable(signal),
        needs('ingest'),
        (c) => answer(context, c, signal),
      );
  routes.onError((error, c) => otlpFault(context, error, c));
  return routes;
}

const PATHS: ReadonlySet<string> = new Set(
  PREFIXES.flatMap((prefix) =>
    ['traces', 'logs', 'metrics'].map((signal) => `${prefix}/${signal}`),
  ),
);

/** Whether exporters of OpenTelemetry send to a path. */
export const isOtlpPath = (path: string): boolean => PATHS.has(path);

/** A fault as OTLP has it: a `google.rpc.Status` in the encoding of the request, in JSON where that is neither. */
export function otlpFault(
  context: Pick<ServerContext, 'onError'>,
  error: unknown,
  c: Context<Environment>,
): Response {
  const { status, detail, retryAfter } = problemOf(error);
  if (status === 500) context.onError(error);
  const encoding = otlpEncoding(c.req.header('content-type')) ?? 'json';
  const body = statusAnswer(RPC_CODES[status] ?? 13, detail, encoding);
  const response = binary(status, body, encoding, retryAfter);
  if (status === 405) response.headers.set('allow', 'POST');
  return response;
}

/** Measures how long an answer takes. */
const timed =
  ({ clock, metrics }: ServerContext, signal: OtlpSignal): MiddlewareHandler<Environment> =>
  async (c, next) => {
    const begun = clock();
    await next();
    metrics.answered(`/v1/${signal}`, c.res.status, Math.max(0, clock() - begun) / 1000);
  };

/** Refuses what is not OTLP. */
const readable =
  (signal: OtlpSignal): MiddlewareHandler<Environment> =>
  async (c, next) => {
    if (c.req.method !== 'POST')
      throw new RequestError({
        status: 405,
        code: 'method_not_allowed',
        detail: `send ${signal} with POST`,
      });
    if (otlpEncoding(c.req.header('content-type')) === null)
      throw new RequestError({
        status: 415,
        code: 'unknown_type',
        detail: 'the content type must be application/x-protobuf or application/json',
      });
    return next();
  };

async function answer(
  context: ServerContext,
  c: Context<Environment>,
  signal: OtlpSignal,
): Promise<Response> {
  const encoding = otlpEncoding(c.req.header('content-type')) ?? 'json';
  const request = { project: c.var.access.project, incoming: c.env.incoming };
  return binary(200, await receiveExport(context, request, signal, encoding), encoding);
}

const binary = (
  status: number,
  body: Uint8Array<ArrayBuffer>,
  encoding: OtlpEncoding,
  retryAfter?: number,
): Response =>
  new Response(body, {
    status,
    headers: {
      'content-type': CONTENT_TYPES[encoding],
      ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
    },
  });
