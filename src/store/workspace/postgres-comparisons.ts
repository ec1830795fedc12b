import type { GuardedDatabase } from './guarded-database.ts';
import { and, asc, desc, eq, inArray, ne, notInArray, sql } from './packages.ts';
import { comparisons } from './schema.ts';
import type { ComparisonStore, StoredComparison } from './stored-comparison.ts';

/** Comparisons in PostgreSQL. */
export function postgresComparisons(database: GuardedDatabase): ComparisonStore {
  return {
    addComparison: (comparison) =>
      database.transaction(async (db) => {
        const added = await db
          .insert(comparisons)
          .values(comparison)
          .onConflictDoNothing()
          .returning({ id: comparisons.id });
        if (added.length === 0) return false;
        const isAlike = and(
          eq(comparisons.project, comparison.project),
          comparison.by === '' ? eq(comparisons.by, '') : ne(comparisons.by, ''),
        );
        const kept = db
          .select({ id: comparisons.id })
          .from(comparisons)
          .where(isAlike)
          .orderBy(desc(comparisons.created), desc(comparisons.id))
          .limit(KEPT);
        await db
          .delete(comparisons)
          .where(
            and(
              isAlike,
              notInArray(comparisons.state, [...OPEN]),
              notInArray(comparisons.id, kept),
            ),
          );
        return true;
      }),
    async comparison(project, id) {
      const [row] = await database.run((db) =>
        db.select(SHOWN).from(comparisons).where(isAt(project, id)),
      );
      return row ?? null;
    },
    comparisons: (project) =>
      database.run((db) =>
        db
          .select(SHOWN)
          .from(comparisons)
          .where(eq(comparisons.project, project))
          .orderBy(desc(comparisons.created), desc(comparisons.id)),
      ),
    async nextComparison(project) {
      const [row] = await database.run((db) =>
        db
          .select(SHOWN)
          .from(comparisons)
          .where(and(eq(comparisons.project, project), inArray(comparisons.state, [...OPEN])))
          .orderBy(asc(comparisons.state), asc(comparisons.created), asc(comparisons.id))
          .limit(1),
      );
      return row ?? null;
    },
    async moveComparison(project, id, to) {
      const { result, ...rest } = { result: {}, ...to };
      const rows = await database.run((db) =>
        db
          .update(comparisons)
          .set({ ...rest, ...result, progress: null })
          .where(and(isAt(project, id), inArray(comparisons.state, [...OPEN])))
          .returning({ id: comparisons.id }),
      );
      return rows.length > 0;
    },
    async setComparisonProgress(project, id, progress) {
      const [row] = await database.run((db) =>
        db
          .update(comparisons)
          .set({
            progress: sql`CASE WHEN state = 'running' THEN ${JSON.stringify(progress)}::jsonb END`,
          })
          .where(isAt(project, id))
          .returning({ state: comparisons.state }),
      );
      return row?.state ?? null;
    },
    async comparisonReport(project, id) {
      const [row] = await database.run((db) =>
        db.select({ report: comparisons.report }).from(comparisons).where(isAt(project, id)),
      );
      return row?.report ?? null;
    },
  };
}

const KEPT = 20;

/** `running` sorts before `waiting`. */
const OPEN: readonly StoredComparison['state'][] = ['waiting', 'running'];

const isAt = (project: string, id: string) =>
  and(eq(comparisons.project, project), eq(comparisons.id, id));

/** Without what it found, which is large. */
const SHOWN = {
  ...{ id: comparisons.id, project: comparisons.project, created: comparisons.created },
  ...{ by: comparisons.by, sides: comparisons.sides, state: comparisons.state },
  ...{ progress: comparisons.progress, started: comparisons.started, ended: comparisons.ended },
  ...{ headline: comparisons.headline, error: comparisons.error },
};
