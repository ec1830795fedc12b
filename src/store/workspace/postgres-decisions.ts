import type { Activity, Change, Decision } from '../../contract/decision.ts';
import type { Json } from '../../contract/json.ts';
import {
  type Act,
  areDecided,
  changedBy,
  type DecisionLog,
  inverse,
  isLasting,
  type UndoResult,
  type ValueAt,
} from './decision-log.ts';
import type { GuardedDatabase, Transaction } from './guarded-database.ts';
import { and, asc, desc, eq, lt, sql } from './packages.ts';
import { activity, decisions, projects } from './schema.ts';

export function postgresDecisions(database: GuardedDatabase): DecisionLog {
  return {
    async decisions(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(decisions)
          .where(eq(decisions.project, project))
          .orderBy(asc(decisions.kind), asc(decisions.subject), asc(decisions.field)),
      );
      return rows.map(({ project: _, ...decision }): Decision => decision);
    },
    act: (project, act) =>
      database.transaction(async (db) => {
        const valueAt = await heldValues(db, project, act.changes);
        return await write(db, project, act, valueAt, null);
      }),
    undo: (project, { undoes, ...given }) =>
      database.transaction(async (db): Promise<UndoResult> => {
        const [found] = await db
          .select()
          .from(activity)
          .where(and(eq(activity.project, project), eq(activity.id, undoes)))
          .for('update');
        if (found === undefined) return { kind: 'missing' };
        if (found.undoneBy !== null) return { kind: 'undone already' };
        if (isLasting(found.changes)) return { kind: 'lasting' };
        if (!areDecided(found.changes)) return { kind: 'annotation', changes: found.changes };
        const valueAt = await heldValues(db, project, found.changes);
        const back = inverse(found.changes, valueAt);
        if ('changed' in back) return { kind: 'changed since', changed: back.changed };
        const act = { ...given, action: 'undo', changes: back.changes };
        const done = await write(db, project, act, valueAt, undoes);
        await db.update(activity).set({ undoneBy: given.id }).where(eq(activity.id, undoes));
        return { kind: 'done', activity: done };
      }),
    async activityOf(project, id) {
      const [row] = await database.run((db) =>
        db
          .select()
          .from(activity)
          .where(and(eq(activity.project, project), eq(activity.id, id))),
      );
      return row === undefined ? null : shown(row);
    },
    async activity(project, { limit, before, subject }) {
      const [from] =
        before === undefined
          ? []
          : await database.run((db) =>
              db
                .select({ place: activity.place })
                .from(activity)
                .where(and(eq(activity.project, project), eq(activity.id, before))),
            );
      const rows = await database.run((db) =>
        db
          .select()
          .from(activity)
          .where(
            and(
              eq(activity.project, project),
              from && lt(activity.place, from.place),
              subject === undefined
                ? undefined
                : sql`${activity.changes} @> ${JSON.stringify([{ subject }])}::jsonb`,
            ),
          )
          .orderBy(desc(activity.place))
          .limit(limit),
      );
      return rows.map(shown);
    },
  };
}

const shown = ({ project: _, place: __, ...row }: typeof activity.$inferSelect): Activity => row;

/** The values that changes are about. One action of a project is written at a time. */
async function heldValues(
  db: Transaction,
  project: string,
  changes: readonly Omit<Change, 'value'>[],
): Promise<ValueAt> {
  await db.select().from(projects).where(eq(projects.id, project)).for('update');
  const held = new Map<string, Json>();
  for (const change of changes) {
    const [row] = await db
      .select({ value: decisions.value })
      .from(decisions)
      .where(isAt(project, change));
    held.set(keyOf(change), row?.value ?? null);
  }
  return (change) => held.get(keyOf(change)) ?? null;
}

async function write(
  db: Transaction,
  project: string,
  { id, at, by, action, changes }: Act,
  valueAt: ValueAt,
  undoes: string | null,
): Promise<Activity> {
  const changed = changedBy(changes, valueAt);
  for (const { value, ...change } of changes) {
    if (value === null) await db.delete(decisions).where(isAt(project, change));
    else
      await db
        .insert(decisions)
        .values({ project, ...change, value, at, by })
        .onConflictDoUpdate({
          target: [decisions.project, decisions.kind, decisions.subject, decisions.field],
          set: { value, at, by },
        });
  }
  const row = { id, at, by, action, changes: changed, undoes };
  await db.insert(activity).values({ ...row, project });
  return { ...row, undoneBy: null };
}

const isAt = (project: string, { kind, subject, field }: Omit<Change, 'value'>) =>
  and(
    eq(decisions.project, project),
    eq(decisions.kind, kind),
    eq(decisions.subject, subject),
    eq(decisions.field, field),
  );

const keyOf = ({ kind, subject, field }: Omit<Change, 'value'>): string =>
  JSON.stringify([kind, subject, field]);
