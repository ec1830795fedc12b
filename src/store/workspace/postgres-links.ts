import type { GuardedDatabase } from './guarded-database.ts';
import { and, desc, eq, isNull, sql } from './packages.ts';
import { sharedLinks } from './schema.ts';
import type { SharedLink, SharedLinks } from './shared-link.ts';

const SHOWN = 200;

/** Links in PostgreSQL. */
export function postgresLinks(database: GuardedDatabase): SharedLinks {
  return {
    async add(link, hash) {
      const row = { ...link, hash, revoked: null, openings: 0, opened: null };
      await database.run((db) => db.insert(sharedLinks).values(row));
    },
    async list(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(sharedLinks)
          .where(eq(sharedLinks.project, project))
          .orderBy(desc(sharedLinks.created), desc(sharedLinks.id))
          .limit(SHOWN),
      );
      return rows.map(linkOf);
    },
    async find(hash) {
      const [row] = await database.run((db) =>
        db.select().from(sharedLinks).where(eq(sharedLinks.hash, hash)),
      );
      return row === undefined ? null : linkOf(row);
    },
    async revoke(project, id, at) {
      const [row] = await database.run((db) =>
        db
          .update(sharedLinks)
          .set({ revoked: at })
          .where(
            and(
              eq(sharedLinks.project, project),
              eq(sharedLinks.id, id),
              isNull(sharedLinks.revoked),
            ),
          )
          .returning(),
      );
      return row === undefined ? null : linkOf(row);
    },
    async countOpening(id, at) {
      await database.run((db) =>
        db
          .update(sharedLinks)
          .set({ openings: sql`${sharedLinks.openings} + 1`, opened: at })
          .where(eq(sharedLinks.id, id)),
      );
    },
  };
}

const linkOf = ({ hash: _, ...link }: typeof sharedLinks.$inferSelect): SharedLink => link;
