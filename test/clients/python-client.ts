import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { testServer } from '../../src/testing/test-server.ts';
import { modelEndpoint } from './model-endpoint.ts';
import { type ReceivedTrace, receivedTraces } from './received-traces.ts';

/** Where `install.ts` puts the clients: one virtual environment each. */
export const CLIENTS = process.env['CULPRIT_CLIENTS'] ?? join(tmpdir(), 'culprit-clients');

/** Applications by the name of their client; each has `app.py` and `requirements.txt`. */
export const APPLICATIONS = resolve(import.meta.dirname, 'python');

export const pythonOf = (client: string): string => join(CLIENTS, client, 'bin/python');

export const isInstalled = (client: string): boolean => existsSync(pythonOf(client));

/** Runs a client's application against a server and a scripted model, and returns what the server made of it. */
export async function tracesOf(client: string): Promise<readonly ReceivedTrace[]> {
  const server = await testServer({ grpcPort: 0 });
  const model = await modelEndpoint();
  const { url, grpcUrl } = server;
  try {
    await promisify(execFile)(pythonOf(client), [join(APPLICATIONS, client, 'app.py')], {
      cwd: CLIENTS,
      timeout: 300_000,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: CLIENTS,
        OPENAI_BASE_URL: model.baseUrl,
        OPENAI_API_KEY: 'any',
        ...variablesOf(client, url, grpcUrl ?? ''),
      },
    });
    const traces = await receivedTraces(server);
    expect(server.errors).toEqual([]);
    return traces;
  } finally {
    await server.close();
    await model[Symbol.asyncDispose]();
  }
}

/** What docs/serve.md says to set. */
function variablesOf(client: string, url: string, grpcUrl: string): Record<string, string> {
  switch (client) {
    case 'langfuse':
      return { LANGFUSE_BASE_URL: url, LANGFUSE_PUBLIC_KEY: 'any', LANGFUSE_SECRET_KEY: 'any' };
    case 'langsmith':
      return { LANGSMITH_TRACING: 'true', LANGSMITH_ENDPOINT: url, LANGSMITH_API_KEY: 'any' };
    case 'traceloop':
      return { TRACELOOP_BASE_URL: url, TRACELOOP_API_KEY: 'any', TRACELOOP_TELEMETRY: 'false' };
    case 'traceai':
      return { FI_BASE_URL: url, FI_API_KEY: 'any', FI_SECRET_KEY: 'any' };
    default:
      return { OTEL_EXPORTER_OTLP_ENDPOINT: url, GRPC_URL: grpcUrl };
  }
}
