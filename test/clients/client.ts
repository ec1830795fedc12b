import { execFile } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { testServer } from '../../src/testing/test-server.ts';
import { applicationsOf, CLIENTS, type Client, folderOf, pythonOf } from './client-folders.ts';
import { modelEndpoint } from './model-endpoint.ts';
import { type ReceivedTrace, receivedTraces } from './received-traces.ts';

/** Runs an application against a server and a scripted model, and returns what the server made of it. */
export async function tracesOf(
  client: Client,
  application: string,
): Promise<readonly ReceivedTrace[]> {
  const server = await testServer({ grpcPort: 0 });
  const model = await modelEndpoint();
  const { url, grpcUrl } = server;
  // JavaScript finds its packages beside the file.
  const file = join(folderOf(client), application);
  copyFileSync(join(applicationsOf(client), application), file);
  const program = client.language === 'python' ? pythonOf(client) : process.execPath;
  try {
    await promisify(execFile)(program, [file], {
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
function variablesOf({ name }: Client, url: string, grpcUrl: string): Record<string, string> {
  switch (name) {
    case 'langfuse':
      return { LANGFUSE_BASE_URL: url, LANGFUSE_PUBLIC_KEY: 'any', LANGFUSE_SECRET_KEY: 'any' };
    case 'langsmith':
      return { LANGSMITH_TRACING: 'true', LANGSMITH_ENDPOINT: url, LANGSMITH_API_KEY: 'any' };
    case 'traceloop':
      return { TRACELOOP_BASE_URL: url, TRACELOOP_API_KEY: 'any', TRACELOOP_TELEMETRY: 'false' };
    case 'traceai':
      return { FI_BASE_URL: url, FI_API_KEY: 'any', FI_SECRET_KEY: 'any' };
    default:
      return {
        ...{ OTEL_EXPORTER_OTLP_ENDPOINT: url, GRPC_URL: grpcUrl },
        PHOENIX_COLLECTOR_ENDPOINT: url,
      };
  }
}
