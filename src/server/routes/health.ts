import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import { Hono } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';

interface StoreState {
  readonly state: string;
  readonly reason: string | null;
}

/** Milliseconds after which a store that does not answer is away. */
const ANSWER_MS = 2_000;

async function stateOf(asked: Promise<unknown>): Promise<StoreState> {
  try {
    const late = sleep(ANSWER_MS, 'late', { ref: false });
    if ((await Promise.race([asked, late])) !== 'late') return { state: 'ready', reason: null };
    return { state: 'away', reason: 'it does not answer' };
  } catch (error) {
    return { state: 'away', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Asks a question, since a server elsewhere tells nothing by itself. */
async function storeState(store: ServerContext['store']): Promise<StoreState> {
  const { state, reason } = store.status();
  if (state === 'starting' || state === 'closed') return { state, reason };
  return stateOf(store.count({ project: 'default', to: 0 }));
}

/**
 * Whether the server lives, whether it can take traces, and its metrics for Prometheus. Load balancers ask the first two, and have
 * no keys; the metrics tell how much is received and how much of it fails.
 */
export function healthRoutes(context: ServerContext): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.get('/health', (c) => c.json({ status: 'ok', version: context.version }));
  routes.get('/ready', async (c) => {
    const [full, asked, workspace] = await Promise.all([
      context.diskFull(),
      storeState(context.store),
      stateOf(context.workspace.project('default')),
    ]);
    const store = full === null ? asked : { state: 'full', reason: full };
    // Without the workspace, traces of projects and keys that are known are taken.
    return store.state === 'ready'
      ? c.json({ status: 'ready', workspace: workspace.state })
      : c.json({ status: store.state, reason: store.reason, workspace: workspace.state }, 503, {
          'retry-after': '1',
        });
  });
  routes.get('/metrics', needs('read'), async (c) =>
    c.text(await context.metrics.text(), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    }),
  );
  return routes;
}
