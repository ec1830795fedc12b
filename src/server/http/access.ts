import { createHash } from 'node:crypto';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Person, Scope, SignIn, Workspace } from '../../store/workspace/workspace.ts';
import { SCOPES, scopesOf } from '../../store/workspace/workspace.ts';
import { RequestError } from './problem.ts';

/** Who sent a request: for which project, and what it may do. */
export interface Access {
  readonly project: string;
  readonly scopes: readonly Scope[];
  /** Who decides and labels: id of the key or the person; on an open server the name that a request gives, or `local`. */
  readonly by: string;
  /** Name of the key or the person. */
  readonly name: string;
  /** Who is signed in; null for a key, and on an open server. */
  readonly person: Person | null;
  /** Whether the same may be done in every project: by an owner, with the key of the operator, and on an open server. */
  readonly isEverywhere: boolean;
}

export interface AccessRules {
  readonly workspace: Pick<
    Workspace,
    'keyOf' | 'ensureProject' | 'project' | 'projects' | 'people'
  >;
  /** The secret of who runs the server, which may do everything in every project; null for none. */
  readonly operatorKey: string | null;
  /** Null where nobody signs in. */
  readonly signIn: Pick<SignIn, 'personIn'> | null;
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

/**
 * Finds out who sent a request. Throws RequestError 401, and 403 for who has not the scope.
 * @param project What the address names, for browsers that cannot send a header.
 */
export type CheckAccess = (headers: Headers, scope: Scope, project?: string) => Promise<Access>;

export function accessCheck(rules: AccessRules): {
  readonly check: CheckAccess;
  /** Somebody signed out here: nobody is remembered. */
  readonly forget: () => void;
} {
  const { workspace, isOpen, signIn, clock } = rules;
  const operator = rules.operatorKey === null ? null : keyHash(rules.operatorKey);
  const known = new Map<string, { readonly access: Access | null; readonly until: number }>();

  const remembered = async (
    name: string,
    look: () => Promise<Access | null>,
  ): Promise<Access | null> => {
    const before = known.get(name);
    if (before !== undefined && before.until > clock()) return before.access;
    const access = await look().catch((error: unknown) => {
      // What is known to be valid goes on: traces are not lost because the workspace is away.
      if (isAway(error) && before?.access) return before.access;
      throw error;
    });
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(name, { access, until: clock() + REMEMBERED });
    return access;
  };

  const accessBy = async (secret: string, named: string | null): Promise<Access | null> => {
    const hash = keyHash(secret);
    if (hash === operator) return await operatorAccess(named, workspace);
    return await remembered(hash, async () => {
      const key = await workspace.keyOf(hash);
      if (key === null) return null;
      const { project, scopes, id, name } = key;
      return { project, scopes, by: id, name, person: null, isEverywhere: false };
    });
  };

  const accessOfPerson = async (headers: Headers, named: string | null): Promise<Access | null> => {
    const cookie = headers.get('cookie');
    if (signIn === null || cookie === null) return null;
    return await remembered(keyHash(`${cookie}\n${named}`), async () => {
      const id = await signIn.personIn(headers);
      const person = id === null ? null : await workspace.people.person(id);
      return person === null ? null : await personAccess(person, named, workspace);
    });
  };

  /** Projects that are known to be there. */
  const made = new Set<string>();
  const openAccess = async (headers: Headers, given?: string): Promise<Access> => {
    const name =
      PROJECT_HEADERS.map((header) => headers.get(header)).find((value) => value) ?? given;
    const project = projectId(name ?? DEFAULT_PROJECT);
    if (!made.has(project)) {
      await workspace.ensureProject(project, (name ?? DEFAULT_PROJECT).slice(0, 200));
      if (made.size >= MOST_REMEMBERED) made.clear();
      made.add(project);
    }
    const by = personIn(headers);
    return { project, scopes: SCOPES, by, name: by, person: null, isEverywhere: true };
  };

  const check: CheckAccess = async (headers, scope, project) => {
    let access: Access | null = null;
    const named = headers.get(OWN_HEADER) ?? project ?? null;
    for (const secret of secretsIn(headers)) access ??= await accessBy(secret, named);
    access ??= await accessOfPerson(headers, named);
    if (access === null && isOpen) access = await openAccess(headers, project);
    if (access === null)
      throw new RequestError({
        status: 401,
        code: 'no_valid_key',
        detail:
          'sign in, or send a valid key of the project: Authorization: Bearer KEY, or x-api-key: KEY',
      });
    if (!access.scopes.includes(scope))
      throw new RequestError({
        status: 403,
        code: 'scope_missing',
        detail: `${access.person === null ? 'this key' : access.name} may not do that; it needs the scope ${scope}`,
      });
    return access;
  };
  return { check, forget: () => known.clear() };
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
const OWN_HEADER = 'x-culprit-project';
const PROJECT_HEADERS = [OWN_HEADER, 'x-project-name', 'langsmith-project', 'project'];

const isAway = (error: unknown): boolean =>
  error instanceof CulpritError && error.code === 'store_unavailable';

/** Throws RequestError for a person who takes no part in the project, or in any. */
async function personAccess(
  person: Person,
  named: string | null,
  workspace: Pick<Workspace, 'projects' | 'people'>,
): Promise<Access> {
  const mine = person.isOwner
    ? (await workspace.projects()).map(({ id }) => ({ project: id, role: 'admin' as const }))
    : await workspace.people.memberships(person.id);
  const wanted = named === null ? null : projectId(named);
  const found = wanted === null ? mine[0] : mine.find(({ project }) => project === wanted);
  if (found === undefined)
    throw new RequestError({
      status: 403,
      code: 'no_member',
      detail: `${person.name} takes no part in ${wanted === null ? 'any project' : `a project ${wanted}`}; ask an admin for an invitation`,
    });
  const { id, name } = person;
  const scopes = scopesOf(found.role);
  return { project: found.project, scopes, by: id, name, person, isEverywhere: person.isOwner };
}

/** Throws RequestError for a project that is not there: a slip makes none. */
async function operatorAccess(
  named: string | null,
  workspace: Pick<Workspace, 'ensureProject' | 'project'>,
): Promise<Access> {
  const project = projectId(named ?? DEFAULT_PROJECT);
  if (named === null) await workspace.ensureProject(project, project);
  else if ((await workspace.project(project)) === null)
    throw new RequestError({
      status: 404,
      code: 'no_such_project',
      detail: `there is no project ${project} on this server`,
    });
  const by = 'operator';
  return { project, scopes: SCOPES, by, name: by, person: null, isEverywhere: true };
}

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
