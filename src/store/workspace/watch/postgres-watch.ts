import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { and, asc, desc, eq, lt, lte, sql } from '../packages.ts';
import { deliveries, incidents, schedules, watcherStates, watchers } from './watch-schema.ts';
import type { Delivery, WatcherProgress, WatchStore } from './watch-store.ts';

/** Watchers in PostgreSQL. */
export function postgresWatch(database: GuardedDatabase): WatchStore {
  return {
    async watchers(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(watchers)
          .where(and(eq(watchers.project, project), eq(watchers.removed, false)))
          .orderBy(asc(watchers.id)),
      );
      return rows.map(({ id, settings }) => ({ ...settings, id }));
    },
    async watcher(project, id) {
      const [row] = await database.run((db) =>
        db.select().from(watchers).where(isWatcher(project, id)),
      );
      return row === undefined ? null : { ...row.settings, id };
    },
    putWatcher: (project, id, settings, forget) =>
      database.transaction(async (db) => {
        await db
          .insert(watchers)
          .values({ project, id, settings })
          .onConflictDoUpdate({
            target: [watchers.project, watchers.id],
            set: { settings, removed: false },
          });
        if (forget) await forgetState(db, project, id);
      }),
    async addWatchers(project, added) {
      if (added.length === 0) return;
      const rows = added.map(({ id, ...settings }) => ({ project, id, settings }));
      await database.run((db) => db.insert(watchers).values(rows).onConflictDoNothing());
    },
    removeWatcher: (project, id) =>
      database.transaction(async (db) => {
        const rows = await db
          .update(watchers)
          .set({ removed: true })
          .where(isWatcher(project, id))
          .returning({ id: watchers.id });
        await forgetState(db, project, id);
        await db
          .delete(incidents)
          .where(and(eq(incidents.project, project), eq(incidents.watcher, id)));
        return rows.length > 0;
      }),
    async watcherStates(project) {
      const rows = await database.run((db) =>
        db.select().from(watcherStates).where(eq(watcherStates.project, project)),
      );
      return new Map(rows.map(({ watcher, until, state }) => [watcher, { until, state }]));
    },
    keepProgress: (project, watcher, progress, now) =>
      database.transaction(async (db) => {
        // Whoever changes or removes the watcher waits, or this run does.
        const [held] = await db
          .select({ id: watchers.id })
          .from(watchers)
          .where(isWatcher(project, watcher))
          .for('update');
        if (held === undefined) return false;
        const [known] = await db
          .select({ until: watcherStates.until })
          .from(watcherStates)
          .where(isState(project, watcher));
        if ((known?.until ?? null) !== progress.from) return false;
        await write(db, { project, watcher, progress, now });
        return true;
      }),
    async incidents(project, limit) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(incidents)
          .where(eq(incidents.project, project))
          .orderBy(desc(incidents.start), asc(incidents.id))
          .limit(limit),
      );
      return rows.map(({ project: _, ...incident }) => incident);
    },
    async addDelivery(project, delivery, now) {
      const row = newRow(project, delivery, now);
      await database.run((db) => db.insert(deliveries).values(row).onConflictDoNothing());
    },
    takeDue: (now, lease, limit) =>
      database.transaction(async (db) => {
        const rows = await db
          .select()
          .from(deliveries)
          .where(and(eq(deliveries.state, 'waiting'), lte(deliveries.due, now)))
          .orderBy(asc(deliveries.due), asc(deliveries.id))
          .limit(limit)
          .for('update', { skipLocked: true });
        for (const { id } of rows)
          await db.update(deliveries).set({ due: lease }).where(eq(deliveries.id, id));
        return rows;
      }),
    async settle(id, outcome) {
      await database.run((db) => db.update(deliveries).set(outcome).where(eq(deliveries.id, id)));
    },
    deliveries: (project, limit) =>
      database.run((db) =>
        db
          .select()
          .from(deliveries)
          .where(eq(deliveries.project, project))
          .orderBy(desc(deliveries.created), asc(deliveries.id))
          .limit(limit),
      ),
    async schedules(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(schedules)
          .where(eq(schedules.project, project))
          .orderBy(asc(schedules.id)),
      );
      return rows.map(({ id, settings, until }) => ({ ...settings, id, until }));
    },
    async putSchedule(project, id, settings, now) {
      await database.run((db) =>
        db
          .insert(schedules)
          .values({ project, id, settings, until: now })
          .onConflictDoUpdate({ target: [schedules.project, schedules.id], set: { settings } }),
      );
    },
    async removeSchedule(project, id) {
      const rows = await database.run((db) =>
        db.delete(schedules).where(isSchedule(project, id)).returning({ id: schedules.id }),
      );
      return rows.length > 0;
    },
    async moveSchedule(project, id, until) {
      const isBehind = and(isSchedule(project, id), lt(schedules.until, until));
      await database.run((db) => db.update(schedules).set({ until }).where(isBehind));
    },
    async retry(project, id, now) {
      const rows = await database.run((db) =>
        db
          .update(deliveries)
          .set({ state: 'waiting', attempts: 0, due: now })
          .where(
            and(
              eq(deliveries.project, project),
              eq(deliveries.id, id),
              eq(deliveries.state, 'dead'),
            ),
          )
          .returning({ id: deliveries.id }),
      );
      return rows.length > 0;
    },
  };
}

async function write(
  db: Transaction,
  {
    project,
    watcher,
    progress,
    now,
  }: {
    readonly project: string;
    readonly watcher: string;
    readonly progress: WatcherProgress;
    readonly now: number;
  },
): Promise<void> {
  const { until, state } = progress;
  await db
    .insert(watcherStates)
    .values({ project, watcher, until, state })
    .onConflictDoUpdate({
      target: [watcherStates.project, watcherStates.watcher],
      set: { until, state },
    });
  for (const incident of progress.incidents)
    await db
      .insert(incidents)
      .values({ project, ...incident })
      .onConflictDoUpdate({
        target: [incidents.project, incidents.id],
        set: { ended: incident.ended, end: incident.end, alert: incident.alert },
      });
  for (const delivery of progress.deliveries)
    await db
      .insert(deliveries)
      .values(newRow(project, delivery, now))
      .onConflictDoNothing();
  // What was sent long ago is of no use.
  await db
    .delete(deliveries)
    .where(
      and(
        eq(deliveries.project, project),
        eq(deliveries.state, 'sent'),
        lte(deliveries.created, sql`${now - KEPT}`),
      ),
    );
}

/** Milliseconds for which sent messages are kept. */
const KEPT = 90 * 86_400_000;

const newRow = (
  project: string,
  { id, channel, alert }: Pick<Delivery, 'id' | 'channel' | 'alert'>,
  now: number,
): Delivery => ({
  ...{ id, project, channel, alert, created: now, due: now },
  ...{ state: 'waiting', attempts: 0, error: '' },
});

const forgetState = (db: Transaction, project: string, id: string): Promise<unknown> =>
  db.delete(watcherStates).where(isState(project, id));

const isWatcher = (project: string, id: string) =>
  and(eq(watchers.project, project), eq(watchers.id, id), eq(watchers.removed, false));

const isState = (project: string, watcher: string) =>
  and(eq(watcherStates.project, project), eq(watcherStates.watcher, watcher));

const isSchedule = (project: string, id: string) =>
  and(eq(schedules.project, project), eq(schedules.id, id));
