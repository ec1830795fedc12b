import { CulpritError } from '../../contract/culprit-error.ts';
import { postgresPeople } from './accounts/postgres-people.ts';
import { openSignIn } from './accounts/sign-in.ts';
import { postgresAnnotation } from './annotation/postgres-annotation.ts';
import { auditLog } from './audit-log.ts';
import { eventLog } from './event-log.ts';
import type { GuardedDatabase } from './guarded-database.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import { postgresJudges } from './judging/postgres-judges.ts';
import { postgresNarratives } from './narratives/postgres-narratives.ts';
import { and, asc, desc, eq, isNull, notInArray, type Pool } from './packages.ts';
import { postgresBackfills } from './postgres-backfills.ts';
import { postgresComparisons } from './postgres-comparisons.ts';
import { postgresDecisions } from './postgres-decisions.ts';
import { postgresLinks } from './postgres-links.ts';
import { postgresProposals } from './postgres-proposals.ts';
import { postgresRuns } from './postgres-runs.ts';
import { postgresSessions } from './postgres-sessions.ts';
import { analyses, deploys, importStates, keys, projects, secrets } from './schema.ts';
import { postgresWatch } from './watch/postgres-watch.ts';
import { DEFAULT_SETTINGS, type Key, type Project, type Workspace } from './workspace-types.ts';

const KEPT_ANALYSES = 10;
const SHOWN_DEPLOYS = 1_000;

export interface WorkspaceDeps {
  readonly pool: Pool;
  readonly database: GuardedDatabase;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** A new secret. */
  readonly newSalt: () => string;
  readonly jobs: JobQueue;
  readonly close: () => Promise<void>;
}

export function postgresWorkspace(deps: WorkspaceDeps): Workspace {
  const { database, clock, newSalt, jobs, close } = deps;
  const project: Workspace['project'] = async (id) => {
    const [row] = await database.run((db) => db.select().from(projects).where(eq(projects.id, id)));
    return row === undefined ? null : projectOf(row);
  };
  const addProject: Workspace['addProject'] = async (id, name) => {
    const row = { id, name, created: clock(), settings: DEFAULT_SETTINGS, salt: newSalt() };
    const [added] = await database.run((db) =>
      db.insert(projects).values(row).onConflictDoNothing().returning(),
    );
    return added === undefined ? null : projectOf(added);
  };
  return {
    ...postgresDecisions(database),
    annotation: postgresAnnotation(database),
    watch: postgresWatch(database),
    judges: postgresJudges(database),
    narratives: postgresNarratives(database),
    links: postgresLinks(database),
    proposals: postgresProposals(database),
    backfills: postgresBackfills(database),
    project,
    async projects() {
      const rows = await database.run((db) =>
        db.select().from(projects).orderBy(asc(projects.created), asc(projects.id)),
      );
      return rows.map(projectOf);
    },
    async ensureProject(id, name) {
      const found = (await project(id)) ?? (await addProject(id, name)) ?? (await project(id));
      if (found !== null) return found;
      throw new CulpritError('store_failed', `the project ${id} is there and cannot be read`);
    },
    addProject,
    changeSettings: (id, change) =>
      database.transaction(async (db) => {
        const [row] = await db.select().from(projects).where(eq(projects.id, id)).for('update');
        if (row === undefined) return null;
        const settings = { ...DEFAULT_SETTINGS, ...row.settings, ...change };
        await db.update(projects).set({ settings }).where(eq(projects.id, id));
        return projectOf({ ...row, settings });
      }),
    async redactionSalt(id) {
      const [row] = await database.run((db) =>
        db.select({ salt: projects.salt }).from(projects).where(eq(projects.id, id)),
      );
      return row?.salt ?? '';
    },
    async keys(of) {
      const rows = await database.run((db) =>
        db.select().from(keys).where(eq(keys.project, of)).orderBy(asc(keys.created)),
      );
      return rows.map(keyOf);
    },
    async addKey(key, hash) {
      await database.run((db) => db.insert(keys).values({ ...key, hash, revoked: null }));
    },
    async revokeKey(of, id, at) {
      const rows = await database.run((db) =>
        db
          .update(keys)
          .set({ revoked: at })
          .where(and(eq(keys.project, of), eq(keys.id, id), isNull(keys.revoked)))
          .returning({ id: keys.id }),
      );
      return rows.length > 0;
    },
    async keyOf(hash) {
      const [row] = await database.run((db) =>
        db
          .select()
          .from(keys)
          .where(and(eq(keys.hash, hash), isNull(keys.revoked))),
      );
      return row === undefined ? null : keyOf(row);
    },
    async addDeploy(deploy) {
      await database.run((db) => db.insert(deploys).values(deploy));
    },
    deploys: (of) =>
      database.run((db) =>
        db
          .select()
          .from(deploys)
          .where(eq(deploys.project, of))
          .orderBy(desc(deploys.at), desc(deploys.id))
          .limit(SHOWN_DEPLOYS),
      ),
    addAnalysis: (analysis) =>
      database.transaction(async (db) => {
        await db.insert(analyses).values(analysis);
        const kept = db
          .select({ id: analyses.id })
          .from(analyses)
          .where(eq(analyses.project, analysis.project))
          .orderBy(desc(analyses.at))
          .limit(KEPT_ANALYSES);
        await db
          .delete(analyses)
          .where(and(eq(analyses.project, analysis.project), notInArray(analyses.id, kept)));
      }),
    async latestAnalysis(of) {
      const [row] = await database.run((db) =>
        db
          .select()
          .from(analyses)
          .where(eq(analyses.project, of))
          .orderBy(desc(analyses.at))
          .limit(1),
      );
      return row ?? null;
    },
    async latestSummary(of) {
      const { id, at, from, traces, failed } = analyses;
      const [row] = await database.run((db) =>
        db
          .select({ id, at, from, traces, failed })
          .from(analyses)
          .where(eq(analyses.project, of))
          .orderBy(desc(analyses.at))
          .limit(1),
      );
      return row ?? null;
    },
    async latestTenants(of) {
      const { id, at, from, traces, failed, tenants } = analyses;
      const [row] = await database.run((db) =>
        db
          .select({ id, at, from, traces, failed, tenants })
          .from(analyses)
          .where(eq(analyses.project, of))
          .orderBy(desc(analyses.at))
          .limit(1),
      );
      return row ?? null;
    },
    async analysisOf(of, id) {
      const [row] = await database.run((db) =>
        db
          .select()
          .from(analyses)
          .where(and(eq(analyses.project, of), eq(analyses.id, id))),
      );
      return row ?? null;
    },
    async latestModel(of) {
      const [row] = await database.run((db) =>
        db
          .select({
            ...{ id: analyses.id, at: analyses.at, stored: analyses.stored },
            model: analyses.model,
          })
          .from(analyses)
          .where(eq(analyses.project, of))
          .orderBy(desc(analyses.at))
          .limit(1),
      );
      return row ?? null;
    },
    async importState(of, source) {
      const [row] = await database.run((db) =>
        db
          .select({ state: importStates.state })
          .from(importStates)
          .where(and(eq(importStates.project, of), eq(importStates.source, source))),
      );
      return row?.state ?? null;
    },
    async keepImportState(of, source, state, at) {
      await database.run((db) =>
        db
          .insert(importStates)
          .values({ project: of, source, state, at })
          .onConflictDoUpdate({
            target: [importStates.project, importStates.source],
            set: { state, at },
          }),
      );
    },
    ...postgresSessions(database),
    ...postgresRuns(database),
    ...postgresComparisons(database),
    jobs,
    audit: auditLog(database),
    people: postgresPeople(database),
    async openSignIn(options) {
      const made = { name: 'sign-in', value: newSalt() };
      await database.run((db) => db.insert(secrets).values(made).onConflictDoNothing());
      const [row] = await database.run((db) =>
        db.select().from(secrets).where(eq(secrets.name, made.name)),
      );
      return await openSignIn(deps.pool, { ...options, secret: row?.value ?? made.value });
    },
    events: eventLog(database),
    async close() {
      await jobs.stop();
      await close();
    },
  };
}

const projectOf = ({ id, name, created, settings }: typeof projects.$inferSelect): Project => ({
  ...{ id, name, created },
  // Settings that were added since have their defaults.
  settings: { ...DEFAULT_SETTINGS, ...settings },
});

const keyOf = ({ hash: _, ...key }: typeof keys.$inferSelect): Key => key;
