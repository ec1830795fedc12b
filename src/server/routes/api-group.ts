import { plainIssue } from '../../contract/plain-issue.ts';
import type { Scope } from '../../store/workspace/workspace.ts';
import { refuseCrossSite } from '../http/cross-site.ts';
import type { Environment } from '../http/environment.ts';
import { needs } from '../http/needs.ts';
import { problemResponse } from '../http/problem.ts';
import {
  createRoute,
  type MiddlewareHandler,
  OpenAPIHono,
  type RouteConfig,
  z,
} from '../packages.ts';
import { tagOf } from './tags.ts';

export type Api = OpenAPIHono<Environment>;

/** A group of routes, which answers input that does not fit its schema with a problem. */
export const newApi = (): Api =>
  new OpenAPIHono<Environment>({
    defaultHook: (result) => {
      if (result.success) return;
      const [issue] = result.error.issues;
      const detail = issue === undefined ? 'cannot be read' : plainIssue(issue);
      // A union may name the place itself.
      const isWhole = issue?.path.length === 0 && !detail.includes(': ');
      const place = isWhole ? `${PLACES[result.target] ?? result.target}: ` : '';
      return problemResponse({ status: 400, code: 'invalid_input', detail: `${place}${detail}` });
    },
  });

/** What is wrong as a whole, in the words of those who send it. */
const PLACES: Readonly<Record<string, string>> = { json: 'body', param: 'path' };

const sameSite: MiddlewareHandler<Environment> = async (c, next) => {
  refuseCrossSite(c.req.method, c.req.raw.headers);
  await next();
};

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe('a stable word'),
    detail: z.string().describe('what failed, on what, and what to do'),
  })
  .openapi('Problem', {
    example: {
      type: 'about:blank',
      title: 'Not found',
      status: 404,
      code: 'no_such_trace',
      detail: 'there is no trace 4bf92f35 in the project default',
    },
  });

/**
 * A route of the API.
 * @param scope What a key or a person needs in the project; checked before anything else is looked at. `anybody`: those
 * who have not signed in yet.
 */
export function route<
  Path extends string,
  Config extends Omit<RouteConfig, 'path'> & { readonly path: Path },
>(scope: Scope | 'anybody', config: Config): ReturnType<typeof createRoute<Path, Config>> {
  return createRoute<Path, Config>({
    ...config,
    operationId: operationId(config),
    tags: [tagOf(config.path)],
    security: scope === 'anybody' ? [] : SCHEMES.map((name) => ({ [name]: [scope] })),
    'x-scope': scope,
    middleware: scope === 'anybody' ? sameSite : needs(scope),
    responses: {
      ...config.responses,
      default: {
        description: faultsOf(scope, config),
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  });
}

/** Ways to send a key; see `access.ts`. */
const SCHEMES = ['bearer', 'header'] as const;

/** `get /sessions/{id}/report` is `getSessionsIdReport`. */
const operationId = ({ method, path }: Pick<RouteConfig, 'method' | 'path'>): string =>
  `${method}${path.replaceAll(/[^a-z]+([a-z]?)/gi, (_, next: string) => next.toUpperCase())}`;

/** The statuses of the faults that a route may answer with. */
function faultsOf(scope: Scope | 'anybody', { path, request = {} }: RouteConfig): string {
  const faults = [
    ...(Object.keys(request).length > 0 ? ['400 for input that does not fit'] : []),
    ...(scope === 'anybody'
      ? []
      : ['401 without a valid key', `403 for a key without the scope ${scope}`]),
    ...(path.includes('{') ? ['404 where there is no such thing'] : []),
    ...('body' in request ? ['413 for a body that is too large'] : []),
    '429 and 503, with Retry-After, while the server is busy or a store is away',
  ];
  return `a fault: ${faults.join('; ')}`;
}

/** An answer in JSON, for the description of a route. */
export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { 'application/json': { schema } },
});

/** A schema of the contract under its name in the description of the API, which clients then have as a type. */
export const named = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  // The method is there on schemas that were made after the package was loaded.
  schema.clone().openapi(name);

/** `nullable()` of a schema with a name would make every use of the name nullable. */
export const orNull = <Schema extends z.ZodType>(schema: Schema): z.ZodUnion<[Schema, z.ZodNull]> =>
  z.union([schema, z.null()]);
