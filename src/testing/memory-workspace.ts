import type { JsonObject } from '../contract/json.ts';
import {
  type AnnotationStore,
  type AuditEntry,
  type AuditLog,
  DEFAULT_SETTINGS,
  type Deploy,
  type Key,
  type People,
  type Project,
  type ProposalStore,
  type SignIn,
  type StoredAnalysis,
  type StoredProposals,
  type Workspace,
} from '../store/workspace/workspace.ts';
import { memoryBackfills } from './memory-backfills.ts';
import { memoryComparisons } from './memory-comparisons.ts';
import { memoryDecisions } from './memory-decisions.ts';
import { memoryEvents } from './memory-events.ts';
import { memoryJobs } from './memory-jobs.ts';
import { memoryJudges } from './memory-judges.ts';
import { memoryLinks } from './memory-links.ts';
import { memoryNarratives } from './memory-narratives.ts';
import { memoryRuns } from './memory-runs.ts';
import { memorySessions } from './memory-sessions.ts';
import { memoryWatchStore } from './memory-watch-store.ts';

/** Tests of people use a real workspace. */
const nobody: People = {
  count: async () => 0,
  person: async () => null,
  personWithEmail: async () => null,
  addOwner: async () => false,
  members: async () => [],
  memberships: async () => [],
  join: async () => {},
  changeRole: async () => false,
  removeMember: async () => false,
  invite: async () => {},
  invitations: async () => [],
  withdraw: async () => false,
  invitation: async () => null,
  accept: async () => null,
  admit: async () => null,
  hasPassword: async () => false,
  allowReset: async () => {},
  hasReset: async () => false,
  resetPassword: async () => null,
  names: async () => [],
};

const noSignIn: SignIn = {
  provider: null,
  handle: async () =>
    Response.json({ message: 'nobody signs in', code: 'NOBODY' }, { status: 400 }),
  enter: async () => Response.json({}, { status: 400 }),
  personIn: async () => null,
  hashPassword: async () => '',
  signOut: async () => {},
};

function memoryAudit(): AuditLog {
  const all: AuditEntry[] = [];
  return {
    async add(entry) {
      all.unshift({ ...entry, id: all.length + 1 });
    },
    list: async (project, { limit, before, by, kind, from, to }) =>
      all
        .filter((each) => each.project === project)
        .filter(({ id }) => before === undefined || id < before)
        .filter((each) => by === undefined || each.by === by)
        .filter(({ action }) => kind === undefined || action.startsWith(`${kind}.`))
        .filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at < to))
        .slice(0, limit),
  };
}

function memoryProposals(): ProposalStore {
  const kept = new Map<string, StoredProposals>();
  return {
    latest: async (project) => kept.get(project) ?? null,
    async keep(project, proposals) {
      if ((kept.get(project)?.at ?? Number.NEGATIVE_INFINITY) < proposals.at)
        kept.set(project, proposals);
    },
  };
}

/** A workspace in memory. */
export function memoryWorkspace(clock: () => number = Date.now): Workspace {
  const projects = new Map<string, Project>();
  const keys = new Map<string, Key>();
  const deploys: Deploy[] = [];
  const importStates = new Map<string, JsonObject>();
  const analyses: StoredAnalysis[] = [];
  return {
    ...memoryDecisions(),
    ...memoryComparisons(),
    annotation: notInMemory(),
    watch: memoryWatchStore(),
    judges: memoryJudges(),
    narratives: memoryNarratives(),
    links: memoryLinks(),
    proposals: memoryProposals(),
    backfills: memoryBackfills(),
    projects: async () => [...projects.values()],
    project: async (id) => projects.get(id) ?? null,
    async ensureProject(id, name) {
      const made = projects.get(id) ?? { id, name, created: 0, settings: DEFAULT_SETTINGS };
      projects.set(id, made);
      return made;
    },
    async addProject(id, name) {
      if (projects.has(id)) return null;
      const made = { id, name, created: 0, settings: DEFAULT_SETTINGS };
      projects.set(id, made);
      return made;
    },
    async changeSettings(id, change) {
      const before = projects.get(id);
      if (before === undefined) return null;
      const made = { ...before, settings: { ...before.settings, ...change } };
      projects.set(id, made);
      return made;
    },
    redactionSalt: async (id) => `salt of ${id}`,
    keys: async (project) => [...keys.values()].filter((key) => key.project === project),
    async addKey(key, hash) {
      keys.set(hash, { ...key, revoked: null });
    },
    async revokeKey(project, id, at) {
      for (const [hash, key] of keys)
        if (key.project === project && key.id === id && key.revoked === null) {
          keys.set(hash, { ...key, revoked: at });
          return true;
        }
      return false;
    },
    async keyOf(hash) {
      const key = keys.get(hash);
      return key === undefined || key.revoked !== null ? null : key;
    },
    async addDeploy(deploy) {
      deploys.unshift(deploy);
    },
    deploys: async (project) => deploys.filter((deploy) => deploy.project === project),
    async addAnalysis(analysis) {
      analyses.unshift(analysis);
    },
    latestAnalysis: async (project) => analyses.find((each) => each.project === project) ?? null,
    async latestSummary(project) {
      const found = analyses.find((each) => each.project === project);
      if (found === undefined) return null;
      const { id, at, from, traces, failed } = found;
      return { id, at, from, traces, failed };
    },
    async latestTenants(project) {
      const found = analyses.find((each) => each.project === project);
      if (found === undefined) return null;
      const { id, at, from, traces, failed, tenants } = found;
      return { id, at, from, traces, failed, tenants };
    },
    analysisOf: async (project, id) =>
      analyses.find((each) => each.project === project && each.id === id) ?? null,
    async latestModel(project) {
      const found = analyses.find((each) => each.project === project);
      if (found === undefined) return null;
      const { id, at, model, stored } = found;
      return { id, at, model, stored };
    },
    importState: async (project, source) => importStates.get(`${project} ${source}`) ?? null,
    async keepImportState(project, source, state) {
      importStates.set(`${project} ${source}`, state);
    },
    ...memorySessions(),
    ...memoryRuns(),
    jobs: memoryJobs(clock),
    audit: memoryAudit(),
    people: nobody,
    openSignIn: async () => noSignIn,
    events: memoryEvents(),
    async close() {},
  };
}

/** Labeling is made of statements of PostgreSQL: tests of it open an embedded workspace. Here are no queues. */
const notInMemory = (): AnnotationStore =>
  new Proxy({ isBlind: async () => false, queues: async () => [] } as unknown as AnnotationStore, {
    get: (known, name) =>
      Reflect.get(known, name) ??
      (() => Promise.reject(new Error(`annotation.${String(name)} needs an embedded workspace`))),
  });
