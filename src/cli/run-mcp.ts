import { once } from 'node:events';
import { culpritClient } from '../client/client.ts';
import type { Backend } from '../mcp/mcp.ts';
import { packageVersion } from '../platform/package-file.ts';
import { fileParts } from './file-parts.ts';
import type { Given } from './flags.ts';
import type { McpOptions } from './mcp-options.ts';
import { serverAddress } from './server-address.ts';
import { suiteVerifier } from './suite-verifier.ts';

/** Serves until the client closes standard input. */
export async function runMcp(
  files: readonly string[],
  options: McpOptions,
  given: Given,
): Promise<void> {
  const { serveAgent, fileBackend, serverBackend } = (await import(
    MCP.href
  )) as typeof import('../mcp/mcp.ts');
  const { server, project, readOnly } = options;
  const verify = suiteVerifier(options, given);
  let close = async (): Promise<void> => {};
  let backend: Backend;
  if (server === undefined) {
    const parts = await fileParts(files, options, verify);
    close = parts.close;
    backend = fileBackend(parts);
  } else {
    const { url, headers } = serverAddress(server, project);
    const key = headers['authorization']?.replace(/^Bearer /, '');
    backend = serverBackend({
      client: culpritClient({
        url,
        ...(key !== undefined && { key }),
        ...(project !== undefined && { project }),
      }),
      ...{ url, reports: new Map() },
      verify: options.target === undefined ? null : verify,
    });
  }
  const serving = serveAgent({
    backend,
    version: await packageVersion(),
    isReadOnly: readOnly,
  });
  await ended();
  await serving.close();
  await close();
}

/** Until the client has gone, or somebody wants it to end. */
const ended = (): Promise<unknown> =>
  Promise.race([once(process.stdin, 'close'), once(process, 'SIGINT'), once(process, 'SIGTERM')]);

/** By its place in the package: a bundle of the SDK is beside it, which nobody has to install. */
const MCP: URL = new URL(
  import.meta.url.endsWith('.ts') ? '../mcp/mcp.ts' : '../mcp/mcp.js',
  import.meta.url,
);
