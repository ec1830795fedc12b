import type { GuardedDatabase } from './guarded-database.ts';
import { eq, lt } from './packages.ts';
import { proposals } from './schema.ts';
import type { ProposalStore } from './stored-proposals.ts';

/** Proposals in PostgreSQL. */
export const postgresProposals = (database: GuardedDatabase): ProposalStore => ({
  async latest(project) {
    const [row] = await database.run((db) =>
      db.select().from(proposals).where(eq(proposals.project, project)),
    );
    return row === undefined ? null : { session: row.session, at: row.at, items: row.items };
  },
  async keep(project, { session, at, items }) {
    const set = { session, at, items };
    await database.run((db) =>
      db
        .insert(proposals)
        .values({ project, ...set })
        .onConflictDoUpdate({ target: proposals.project, set, setWhere: lt(proposals.at, at) }),
    );
  },
});
