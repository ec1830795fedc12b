import { culpritClient } from '../../client/client.ts';
import { answerAgent, type ReportCache, serverBackend } from '../../mcp/mcp.ts';
import { refuseCrossSite } from '../http/cross-site.ts';
import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import { problemResponse } from '../http/problem.ts';
import { bodyLimit, Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

const tooLarge = (): Response =>
  problemResponse({ status: 413, code: 'too_large', detail: 'the request is larger than 1 MiB' });

type AskServer = (
  request: Request,
  bindings: Environment['Bindings'],
) => Response | Promise<Response>;

/** Larger requests come from no agent. */
const MOST_BYTES = 1024 * 1024;

/**
 * The tools of coding agents at `/mcp`. What a tool does goes through the API with the key of who asks, so that its scopes
 * and limits hold here too.
 */
export function mcpRoutes({ version }: ServerContext, ask: AskServer): Hono<Environment> {
  const routes = new Hono<Environment>();
  const reports: ReportCache = new Map();
  routes.use(
    '/mcp',
    needs('read'),
    bodyLimit({ maxSize: MOST_BYTES, onError: tooLarge }),
    async (c, next) => {
      // No page of another site, whoever it asks for.
      refuseCrossSite('POST', c.req.raw.headers);
      await next();
    },
  );
  routes.all('/mcp', (c) => {
    const { origin } = new URL(c.req.url);
    const named = c.req.query('project');
    const client = culpritClient({
      url: origin,
      fetch: async (request) =>
        unpacked(await ask(ofSameCaller(request, c.req.raw.headers, named), c.env)),
    });
    const backend = serverBackend({ client, url: origin, reports, verify: null });
    const isReadOnly = !c.var.access.scopes.includes('write');
    return answerAgent(c.req.raw, { backend, version, isReadOnly });
  });
  return routes;
}

/** What says who asks, and for which project. */
const PASSED = [
  ...['authorization', 'x-api-key', 'api-key', 'cookie', 'host', 'origin', 'sec-fetch-site'],
  ...['x-culprit-project', 'x-culprit-person', 'x-forwarded-for'],
];

function ofSameCaller(request: Request, caller: Headers, project: string | undefined): Request {
  const headers = new Headers(request.headers);
  for (const name of PASSED) {
    const value = caller.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (project !== undefined && !headers.has('x-culprit-project'))
    headers.set('x-culprit-project', project);
  return new Request(request, { headers });
}

/** The answer without the compression that a client on the network would undo. */
function unpacked(answer: Response): Response {
  if (answer.headers.get('content-encoding') !== 'gzip' || answer.body === null) return answer;
  const { status, statusText } = answer;
  const headers = new Headers(answer.headers);
  headers.delete('content-encoding');
  const body = answer.body.pipeThrough(new DecompressionStream('gzip'));
  return new Response(body, { status, statusText, headers });
}
