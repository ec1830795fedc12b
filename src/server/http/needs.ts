import type { Scope } from '../../store/workspace/workspace.ts';
import type { MiddlewareHandler } from '../packages.ts';
import { refuseCrossSite } from './cross-site.ts';
import type { Environment } from './environment.ts';

/** Lets only those pass who have the scope. What comes after finds them in `access`. */
export const needs =
  (scope: Scope): MiddlewareHandler<Environment> =>
  async (c, next) => {
    const { headers } = c.req.raw;
    const access = await c.var.checkAccess(headers, scope, c.req.query('project'));
    if (access.person !== null) refuseCrossSite(c.req.method, headers);
    c.set('access', access);
    c.set('scope', scope);
    await next();
  };
