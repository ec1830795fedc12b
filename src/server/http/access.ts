import { createHash } from 'node:crypto';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Scope, Workspace } from '../../store/workspace/workspace.ts';
import { SCOPES } from '../../store/workspace/workspace.ts';
import { RequestError } from './problem.ts';

/** Who sent a request: for which project, and what it may do. */
export interface Access {
  readonly project: string;
  readonly scopes: readonly Scope[];
  /** Who decides and labels: id of the key; on an open server the name that a request gives, or `local`. */
  readonly by: string;
}

export interface AccessRules {
  readonly workspace: Pick<Workspace, 'keyOf' | 'ensureProject'>;
  /** Whether requests without a key may do everything: on loopback, for one user. */
  readonly isOpen: boolean;
  /** Milliseconds as by a clock that nobody sets. */
  readonly clock: () => number;
}

/** The project of requests that name none. */
const DEFAULT_PROJECT = 'default';

/** Milliseconds that a key is remembered: a revoked one works for so long, and while the workspace is away. */
const REMEMBERED = 5_000;
const MOST_REMEMBERED = 1_000;

/** Finds out who sent a request. Throws RequestError 401, and 403 for who has not the scope. */
export type CheckAccess = (headers: Headers, scope: Scope) => Promise<Access>;

export function accessCheck({ workspace, isOpen, clock }: AccessRules): CheckAccess {
  const known = new Map<string, { readonly access: Access | null; readonly until: number }>();

  const accessBy = async (secret: string): Promise<Access | null> => {
    const hash = keyHash(secret);
    const before = known.get(hash);
    if (before !== undefined && before.until > clock()) return before.access;
    const access = await workspace.keyOf(hash).then(
      (key) => (key === null ? null : { project: key.project, scopes: key.scopes, by: key.id }),
      (error: unknown) => {
        // What is known to be valid goes on: traces are not lost because the workspace is away.
        if (isAway(error) && before?.access) return before.access;
        throw error;
      },
    );
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(hash, { access, until: clock() + REMEMBERED });
    return access;
  };

  /** Projects that are known to be there. */
  const made = new Set<string>();
  const openAccess = async (headers: Headers): Promise<Access> => {
    const name = PROJECT_HEADERS.map((header) => headers.get(header)).find((value) => value);
    const project = projectId(name ?? DEFAULT_PROJECT);
    if (!made.has(project)) {
      await workspace.ensureProject(project, (name ?? DEFAULT_PROJECT).slice(0, 200));
      if (made.size >= MOST_REMEMBERED) made.clear();
      made.add(project);
    }
    return { project, scopes: SCOPES, by: personIn(headers) };
  };

  return async (headers, scope) => {
    let access: Access | null = null;
    for (const secret of secretsIn(headers)) access ??= await accessBy(secret);
    if (access === null && isOpen) access = await openAccess(headers);
    if (access === null)
      throw new RequestError({
        status: 401,
        code: 'no_valid_key',
        detail: 'send a valid key of the project: Authorization: Bearer KEY, or x-api-key: KEY',
      });
    if (!access.scopes.includes(scope))
      throw new RequestError({
        status: 403,
        code: 'scope_missing',
        detail: `this key may not do that; it needs the scope ${scope}`,
      });
    return access;
  };
}

/** What is stored of a secret. Secrets are random and long, so that no slow hash is needed. */
export const keyHash = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');

/** Where the clients of tracing tools put their keys. */
function secretsIn(headers: Headers): string[] {
  const found = ['x-api-key', 'api-key', 'api_key', 'galileo-api-key'].map((name) =>
    headers.get(name),
  );
  const [scheme = '', value] = (headers.get('authorization') ?? '').trim().split(/\s+/, 2);
  if (/^basic$/i.test(scheme)) found.push(...basicParts(value ?? ''));
  else found.push(value ?? scheme);
  return found.filter((secret): secret is string => secret !== null && secret !== '');
}

/** `public:secret`; the secret counts, and either part may be it. */
function basicParts(value: string): string[] {
  const text = Buffer.from(value, 'base64').toString();
  const at = text.indexOf(':');
  return at < 0 ? [text] : [text.slice(at + 1), text.slice(0, at)];
}

/** Headers in which clients name the project. */
const PROJECT_HEADERS = ['x-culprit-project', 'x-project-name', 'langsmith-project', 'project'];

const isAway = (error: unknown): boolean =>
  error instanceof CulpritError && error.code === 'store_unavailable';

/** The name that somebody gives on a server without accounts, percent-encoded. */
function personIn(headers: Headers): string {
  const given = headers.get('x-culprit-person') ?? '';
  try {
    return decodeURIComponent(given).replaceAll('\0', '').trim().slice(0, 100) || LOCAL;
  } catch {
    return LOCAL;
  }
}

/** Who gives no name. */
const LOCAL = 'local';

/** A name as the id of a project. */
export function projectId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return id === '' ? DEFAULT_PROJECT : id;
}
