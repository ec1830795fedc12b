import type { Environment } from './http/environment.ts';
import { checkOwnPages } from './http/own-pages.ts';
import { type Problem, problemOf, problemResponse } from './http/problem.ts';
import { Hono, HTTPException } from './packages.ts';
import { apiRoutes } from './routes/api.ts';
import { guardRoutes } from './routes/guards.ts';
import { healthRoutes } from './routes/health.ts';
import { langfuseRoutes } from './routes/langfuse.ts';
import { langsmithRoutes } from './routes/langsmith.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { isOtlpPath, otlpFault, otlpRoutes } from './routes/otlp.ts';
import { pageRoutes } from './routes/page.ts';
import { sharedRoutes } from './routes/shared.ts';
import type { ServerContext } from './server-context.ts';

/** Everything that the server answers. */
export function app(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.use(async (c, next) => {
    c.set('checkAccess', context.checkAccess);
    await next();
  });
  if (context.isOpen)
    routes.use('*', async (c, next) => {
      checkOwnPages({
        host: c.req.header('host'),
        origin: c.req.header('origin'),
        site: c.req.header('sec-fetch-site'),
      });
      await next();
    });
  routes.route('/', otlpRoutes(context));
  routes.route('/', langfuseRoutes(context));
  routes.route('/', langsmithRoutes(context));
  routes.route('/', healthRoutes(context));
  routes.route('/', pageRoutes());
  routes.route('/', sharedRoutes(context));
  routes.route('/v1', guardRoutes(context));
  routes.route('/api/v1', apiRoutes(context));
  routes.route(
    '/',
    mcpRoutes(context, (request, bindings) => routes.fetch(request, bindings)),
  );
  routes.notFound((c) =>
    problemResponse({
      status: 404,
      code: 'not_found',
      detail: `there is nothing at ${c.req.method} ${c.req.path.slice(0, 200)}`,
    }),
  );
  routes.onError((error, c) => {
    if (isOtlpPath(c.req.path)) return otlpFault(context, error, c);
    // The one thing that the router finds wrong by itself.
    if (error instanceof HTTPException && error.status === 400) return problemResponse(BROKEN_JSON);
    const problem = problemOf(error);
    if (problem.status === 500) context.onError(error);
    return problemResponse(problem);
  });
  return routes;
}

const BROKEN_JSON: Problem = {
  status: 400,
  code: 'broken_json',
  detail: 'the body is not JSON; send it as UTF-8, with the content type application/json',
};
