import type { GuardedDatabase } from './guarded-database.ts';
import { asc, gt, lte, sql } from './packages.ts';
import { events } from './schema.ts';
import type { EventLog } from './server-event.ts';

const KEPT = 10_000;
const MOST = 1_000;
/** Any number; this one is ours. Held until an event is there, so that events become visible in the order of their ids. */
const LOCK = 7118;

export const eventLog = (database: GuardedDatabase): EventLog => ({
  async add({ project, kind, data, at }) {
    const id = await database.transaction(async (db) => {
      await db.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
      const [row] = await db
        .insert(events)
        .values({ project, kind, data, at })
        .returning({ id: events.id });
      return row?.id ?? 0;
    });
    if (id % 100 === 0)
      await database.run((db) => db.delete(events).where(lte(events.id, id - KEPT)));
  },
  after: (id) =>
    database.run((db) =>
      db.select().from(events).where(gt(events.id, id)).orderBy(asc(events.id)).limit(MOST),
    ),
  async range() {
    const [row] = await database.run((db) =>
      db
        .select({
          first: sql<string>`coalesce(min(${events.id}), 0)`,
          last: sql<string>`coalesce(max(${events.id}), 0)`,
        })
        .from(events),
    );
    return { first: Number(row?.first ?? 0), last: Number(row?.last ?? 0) };
  },
});
