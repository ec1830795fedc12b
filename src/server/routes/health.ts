import type { Environment } from '../http/environment.ts';
import { Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

/** Whether the server lives, whether it can take traces, and its metrics for Prometheus. */
export function healthRoutes(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get('/health', (c) => c.json({ status: 'ok', version: context.version }));
  routes.get('/ready', (c) => {
    const { state, reason } = context.store.status();
    return state === 'ready'
      ? c.json({ status: 'ready' })
      : c.json({ status: state, reason }, 503, { 'retry-after': '1' });
  });
  routes.get('/metrics', async (c) =>
    c.text(await context.metrics.text(), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
  return routes;
}
