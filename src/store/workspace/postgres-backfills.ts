import type { GuardedDatabase } from './guarded-database.ts';
import { and, eq, isNull } from './packages.ts';
import { backfills } from './schema.ts';
import type { BackfillStore } from './stored-backfill.ts';

/** Backfills in PostgreSQL. */
export const postgresBackfills = (database: GuardedDatabase): BackfillStore => ({
  async latest(project) {
    const { judgedBy, replaces, traces, older, ended } = backfills;
    const [row] = await database.run((db) =>
      db
        .select({ judgedBy, replaces, traces, older, ended })
        .from(backfills)
        .where(eq(backfills.project, project)),
    );
    return row ?? null;
  },
  async keep(project, backfill) {
    await database.run((db) =>
      db
        .insert(backfills)
        .values({ project, ...backfill })
        .onConflictDoUpdate({ target: backfills.project, set: backfill }),
    );
  },
  async advance(project, { judgedBy, older }) {
    await database.run((db) =>
      db
        .update(backfills)
        .set({ older })
        .where(
          and(
            eq(backfills.project, project),
            eq(backfills.judgedBy, judgedBy),
            isNull(backfills.ended),
          ),
        ),
    );
  },
  async stop(project, at) {
    await database.run((db) =>
      db
        .update(backfills)
        .set({ ended: at })
        .where(and(eq(backfills.project, project), isNull(backfills.ended))),
    );
  },
});
