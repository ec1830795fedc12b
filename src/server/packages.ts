// biome-ignore-all lint/performance/noBarrelFile: the one place where packages of the server are imported

/**
 * The packages that the server alone needs. A build replaces this file by a bundle of them, so that nobody has to install
 * them and file commands stay small.
 */
export { createAdaptorServer, type HttpBindings } from '@hono/node-server';
export { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
export { Cron } from 'croner';
export { structuredPatch } from 'diff';
export { type Context, Hono, type MiddlewareHandler } from 'hono';
export { bodyLimit } from 'hono/body-limit';
export { HTTPException } from 'hono/http-exception';
export { type SSEMessage, streamSSE } from 'hono/streaming';
export { ByteWriter, ParquetWriter } from 'hyparquet-writer';
export { default as nodemailer } from 'nodemailer';
export { Counter, Gauge, Histogram, Registry } from 'prom-client';
