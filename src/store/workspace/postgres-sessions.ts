import type { GuardedDatabase } from './guarded-database.ts';
import { and, asc, desc, eq, inArray, sql } from './packages.ts';
import { sessions } from './schema.ts';
import { MOST_SESSIONS, type SessionStore, type StoredSession } from './stored-session.ts';

/** Sessions in PostgreSQL. */
export function postgresSessions(database: GuardedDatabase): SessionStore {
  const { report: _, ...shown } = columns;
  return {
    async addSession(session) {
      const rows = await database.run((db) =>
        db.insert(sessions).values(session).onConflictDoNothing().returning({ id: sessions.id }),
      );
      return rows.length > 0;
    },
    async session(project, id) {
      const [row] = await database.run((db) =>
        db.select(shown).from(sessions).where(isAt(project, id)),
      );
      return row ?? null;
    },
    sessions: (project) =>
      database.run((db) =>
        db
          .select(shown)
          .from(sessions)
          .where(eq(sessions.project, project))
          .orderBy(desc(sessions.created), desc(sessions.id))
          .limit(MOST_SESSIONS),
      ),
    async nextSession(project) {
      const [row] = await database.run((db) =>
        db
          .select(shown)
          .from(sessions)
          .where(and(eq(sessions.project, project), inArray(sessions.state, [...OPEN])))
          .orderBy(asc(sessions.state), asc(sessions.created), asc(sessions.id))
          .limit(1),
      );
      return row ?? null;
    },
    async changeNotes(project, id, { addMinutes = 0, ...change }) {
      const minutes = sql<number>`${sessions.minutes} + ${addMinutes}`;
      const [row] = await database.run((db) =>
        db
          .update(sessions)
          .set({ ...change, minutes })
          .where(isAt(project, id))
          .returning(shown),
      );
      return row ?? null;
    },
    async moveSession(project, id, to) {
      const { result, ...rest } = { result: {}, ...to };
      const rows = await database.run((db) =>
        db
          .update(sessions)
          .set({ ...rest, ...result, progress: null })
          .where(and(isAt(project, id), inArray(sessions.state, [...OPEN])))
          .returning({ id: sessions.id }),
      );
      return rows.length > 0;
    },
    async setProgress(project, id, progress) {
      const [row] = await database.run((db) =>
        db
          .update(sessions)
          .set({
            progress: sql`CASE WHEN state = 'running' THEN ${JSON.stringify(progress)}::jsonb END`,
          })
          .where(isAt(project, id))
          .returning({ state: sessions.state }),
      );
      return row?.state ?? null;
    },
    async sessionReport(project, id) {
      const [row] = await database.run((db) =>
        db.select({ report: sessions.report }).from(sessions).where(isAt(project, id)),
      );
      return row?.report ?? null;
    },
    async removeSession(project, id) {
      const rows = await database.run((db) =>
        db.delete(sessions).where(isAt(project, id)).returning({ id: sessions.id }),
      );
      return rows.length > 0;
    },
  };
}

/** `running` sorts before `waiting`. */
const OPEN: readonly StoredSession['state'][] = ['waiting', 'running'];

const isAt = (project: string, id: string) =>
  and(eq(sessions.project, project), eq(sessions.id, id));

const columns = {
  ...{ id: sessions.id, project: sessions.project, created: sessions.created, by: sessions.by },
  ...{ parent: sessions.parent, filter: sessions.filter, options: sessions.options },
  ...{ name: sessions.name, agenda: sessions.agenda, people: sessions.people },
  ...{ minutes: sessions.minutes, notes: sessions.notes, state: sessions.state },
  ...{ progress: sessions.progress, started: sessions.started, ended: sessions.ended },
  ...{ traces: sessions.traces, failed: sessions.failed, error: sessions.error },
  report: sessions.report,
};
