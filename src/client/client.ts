import { ApiError } from './api-error.ts';
import type { Routes } from './routes.ts';

// biome-ignore lint/performance/noBarrelFile: users of the client enter here
export { ApiError } from './api-error.ts';
export { ROUTE_SCOPES } from './route-scopes.ts';
export type { Routes, Schemas } from './routes.ts';

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:7117`. Default: where the page came from. */
  readonly url?: string;
  /** A key of the project. Default: none, for a server that needs none or knows the browser. */
  readonly key?: string;
  /** The project, for requests without a key. Default: the server's own. */
  readonly project?: string;
  /** Who decides and labels, for a server without accounts. Default: nobody in particular. */
  readonly person?: string;
  /** Default: the `fetch` of the platform. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Asks a route of the API, such as `GET /traces/{id}`; its parameters, body and answer have their types.
 * @throws ApiError for what the server refuses; TypeError where it cannot be reached; what `signal` is aborted with.
 */
export type CulpritClient = <Name extends keyof Routes>(
  route: Name,
  ...given: Given<Name>
) => Promise<Routes[Name]['answer']>;

/** Nothing has to be given to a route that needs nothing. */
type Given<Name extends keyof Routes> =
  Partial<Sent<Name>> extends Sent<Name> ? [sent?: Sent<Name>] : [sent: Sent<Name>];

/** What goes with a request. */
type Sent<Name extends keyof Routes> = Omit<Routes[Name], 'answer'> & {
  readonly signal?: AbortSignal;
};

interface AnySent {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/**
 * A client of a server's API, for Node.js and browsers.
 * @example
 * const culprit = culpritClient({ url: 'http://127.0.0.1:7117' });
 * const { causes } = await culprit('GET /causes');
 */
export function culpritClient(options: ClientOptions = {}): CulpritClient {
  const { url = '', key, project, person, fetch = globalThis.fetch } = options;
  const base = `${url.replace(/\/+$/, '')}/api/v1`;
  const headers = {
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(project !== undefined && { 'x-culprit-project': project }),
    ...(person !== undefined && { 'x-culprit-person': encodeURIComponent(person) }),
  };
  return async (route, ...[given]) => {
    const [method = '', template = ''] = route.split(' ');
    const { path = {}, query = {}, body, signal }: AnySent = given ?? {};
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(path[name] ?? ''),
    );
    const asked = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]));
    const request = new Request(`${base}${filled}${search.size === 0 ? '' : `?${search}`}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': typeOf(body) }) },
      ...(body !== undefined && { body: isBytes(body) ? body : JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
    const response = await fetch(request);
    const text = await response.text();
    if (!response.ok) throw new ApiError(response, text);
    return text === '' ? undefined : JSON.parse(text);
  };
}

const isBytes = (body: unknown): body is Blob | Uint8Array<ArrayBuffer> =>
  body instanceof Blob || body instanceof Uint8Array;

const typeOf = (body: unknown): string =>
  isBytes(body) ? 'application/octet-stream' : 'application/json';
