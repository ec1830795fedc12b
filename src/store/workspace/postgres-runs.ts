import type { GuardedDatabase } from './guarded-database.ts';
import { and, desc, eq, notInArray } from './packages.ts';
import { sentRuns } from './schema.ts';
import { MOST_SENT_RUNS, type SentRuns } from './sent-run.ts';

/** Runs that were sent, in PostgreSQL. */
export function postgresRuns(database: GuardedDatabase): SentRuns {
  return {
    async addRun(run) {
      const { project, id: _, ...rest } = run;
      await database.run(async (db) => {
        await db
          .insert(sentRuns)
          .values(run)
          .onConflictDoUpdate({ target: [sentRuns.project, sentRuns.id], set: rest });
        const kept = db
          .select({ id: sentRuns.id })
          .from(sentRuns)
          .where(eq(sentRuns.project, project))
          .orderBy(desc(sentRuns.at), desc(sentRuns.id))
          .limit(MOST_SENT_RUNS);
        await db
          .delete(sentRuns)
          .where(and(eq(sentRuns.project, project), notInArray(sentRuns.id, kept)));
      });
    },
    async sentRuns(project) {
      const rows = await database.run((db) =>
        db
          .select(columns)
          .from(sentRuns)
          .where(eq(sentRuns.project, project))
          .orderBy(desc(sentRuns.at), desc(sentRuns.id)),
      );
      return rows.toReversed();
    },
    async sentReport(project, id) {
      const [row] = await database.run((db) =>
        db
          .select({ report: sentRuns.report })
          .from(sentRuns)
          .where(and(eq(sentRuns.project, project), eq(sentRuns.id, id))),
      );
      return row?.report ?? null;
    },
  };
}

const columns = {
  ...{ project: sentRuns.project, id: sentRuns.id, at: sentRuns.at, by: sentRuns.by },
  summary: sentRuns.summary,
};
