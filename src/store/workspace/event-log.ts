import type { GuardedDatabase } from './guarded-database.ts';
import { asc, gt, lte, sql } from './packages.ts';
import { events } from './schema.ts';

/** Something that happened, for pages that are open. */
export interface ServerEvent {
  /** Rises with every event, without regard to the project. */
  readonly id: number;
  readonly project: string;
  readonly kind: EventKind;
  readonly data: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
}

export const EVENT_KINDS = ['job', 'analysis', 'traces'] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The last events of all processes, so that a page which was away hears what it missed. */
export interface EventLog {
  add(event: Omit<ServerEvent, 'id'>): Promise<void>;
  /** Those after an id, in order, at most 1,000. */
  after(id: number): Promise<readonly ServerEvent[]>;
  /** Ids of the first and the last that are kept; 0 where nothing happened yet. */
  range(): Promise<EventRange>;
}

export interface EventRange {
  readonly first: number;
  readonly last: number;
}

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
