import type { Scope } from '../../store/workspace/workspace.ts';
import type { MiddlewareHandler } from '../packages.ts';
import type { Environment } from './environment.ts';

/** Lets only those pass who have the scope. What comes after finds them in `access`. */
export const needs =
  (scope: Scope): MiddlewareHandler<Environment> =>
  async (c, next) => {
    c.set('access', await c.var.checkAccess(c.req.raw.headers, scope));
    await next();
  };
