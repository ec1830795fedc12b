import type { ServerEvent } from '../../store/workspace/workspace.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { MiddlewareHandler } from '../packages.ts';
import type { Environment } from './environment.ts';

/** What has events of its own, or comes from applications and not from people. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set([
  ...['jobs', 'analyses', 'exports', 'scores', 'deploys', 'imports', 'import-states'],
]);

/** Tells who listens that somebody changed something: the first part of the path says what, as in `decisions`. */
export const tellChanges =
  (
    feed: Pick<EventFeed, 'add'>,
    onError: (error: unknown) => void,
  ): MiddlewareHandler<Environment> =>
  async (c, next) => {
    await next();
    const { access, scope } = c.var;
    if (c.req.method === 'GET' || !c.res.ok || access === undefined || scope === 'read') return;
    const of = c.req.path.replace('/api/v1/', '').split('/')[0] ?? '';
    if (TOLD_OTHERWISE.has(of) || c.req.path.endsWith('/preview')) return;
    await feed.add(access.project, 'change', { of }).catch(onError);
  };

/** Whether somebody changed that, here or at another process. */
export const isChangeOf = ({ kind, data }: ServerEvent, of: string): boolean =>
  kind === 'change' && (data as { readonly of: string }).of === of;
