import {
  CONTENT_TYPES,
  type OtlpEncoding,
  type OtlpSignal,
  otlpEncoding,
  RPC_CODES,
  statusAnswer,
} from '../http/otlp-answer.ts';
import { problemOf, problemResponse } from '../http/problem.ts';
import { receiveExport } from '../http/receive-export.ts';
import type { HttpBindings } from '../packages.ts';
import { type Context, Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

/** Where clients of OpenTelemetry, Langfuse, LangSmith, Galileo and FutureAGI send OTLP to. */
const PREFIXES = ['/v1', '/api/public/otel/v1', '/otel/v1', '/otel', '/tracer/v1'];

/** OTLP over HTTP: protobuf and JSON, answered as the specification says. */
export function otlpRoutes(context: ServerContext): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();
  for (const prefix of PREFIXES)
    for (const signal of ['traces', 'logs', 'metrics'] as const)
      routes.all(`${prefix}/${signal}`, (c) => answer(context, c, signal));
  return routes;
}

async function answer(
  context: ServerContext,
  c: Context<{ Bindings: HttpBindings }>,
  signal: OtlpSignal,
): Promise<Response> {
  const encoding = otlpEncoding(c.req.header('content-type'));
  const begun = context.clock();
  const response = await respond(context, c, signal, encoding);
  const seconds = Math.max(0, context.clock() - begun) / 1000;
  context.metrics.answered(`/v1/${signal}`, response.status, seconds);
  return response;
}

async function respond(
  context: ServerContext,
  c: Context<{ Bindings: HttpBindings }>,
  signal: OtlpSignal,
  encoding: OtlpEncoding | null,
): Promise<Response> {
  if (c.req.method !== 'POST')
    return problemResponse({
      status: 405,
      code: 'method_not_allowed',
      detail: `send ${signal} with POST`,
    });
  if (encoding === null)
    return problemResponse({
      status: 415,
      code: 'unknown_type',
      detail: 'the content type must be application/x-protobuf or application/json',
    });
  try {
    const request = { headers: c.req.raw.headers, incoming: c.env.incoming };
    return binary(200, await receiveExport(context, request, signal, encoding), encoding);
  } catch (error) {
    const { status, detail, retryAfter } = problemOf(error);
    if (status === 500) context.onError(error);
    const body = statusAnswer(RPC_CODES[status] ?? 13, detail, encoding);
    return binary(status, body, encoding, retryAfter);
  }
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
