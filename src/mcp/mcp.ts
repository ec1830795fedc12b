import { type AgentServerOptions, agentServer } from './agent-server.ts';
import type { Backend } from './backend.ts';
import { fileBackend as backendOfFiles, type FileBackendParts } from './files/file-backend.ts';
import { createMcpHandler, serveStdio } from './packages.ts';
import {
  serverBackend as backendOfServer,
  type ServerBackendOptions,
} from './server/server-backend.ts';

export type {
  Backend,
  ListedProposal,
  ListedSuite,
  VerifyRequest,
} from './backend.ts';
export type { FileBackendParts } from './files/file-backend.ts';
export type { ReportCache } from './server/server-backend.ts';

/** Answers from local files. */
export const fileBackend = (parts: FileBackendParts): Backend => backendOfFiles(parts);

/** Answers from a running server, as far as the key of who asks allows. */
export const serverBackend = (options: ServerBackendOptions): Backend => backendOfServer(options);

/** Serves the tools over standard input and output, to clients of either era of the protocol. */
export const serveAgent = (options: AgentServerOptions): { readonly close: () => Promise<void> } =>
  serveStdio(() => agentServer(options));

/** Answers one request of the protocol over HTTP, of either era. */
export const answerAgent = (request: Request, options: AgentServerOptions): Promise<Response> =>
  createMcpHandler(() => agentServer(options)).fetch(request);
