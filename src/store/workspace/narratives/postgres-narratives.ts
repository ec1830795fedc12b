import type { JsonObject } from '../../../contract/json.ts';
import type { Narrative } from '../../../contract/narrative.ts';
import type { GuardedDatabase } from '../guarded-database.ts';
import type { JobError } from '../jobs/job-queue.ts';
import type { WorkEnd } from '../kept-work.ts';
import { and, asc, desc, eq, gt, inArray, lt, sql } from '../packages.ts';
import { labelCalls, narratives } from './narrative-schema.ts';
import {
  LABEL_CALLS_KEPT,
  type NarrativeStore,
  type NarrativeTold,
  overBudget,
  type StoredNarrative,
} from './narrative-store.ts';

const DAY = 86_400_000;

/** Held while a call is set aside, so that all processes spend from one budget. Any number; this one is ours. */
const LOCK = 7118;

/** Narratives in PostgreSQL. */
export function postgresNarratives(database: GuardedDatabase): NarrativeStore {
  return {
    async of(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(narratives)
          .where(eq(narratives.project, project))
          .orderBy(asc(narratives.cause)),
      );
      return rows.map(storedOf);
    },
    async find(project, cause) {
      const [row] = await database.run((db) =>
        db.select().from(narratives).where(isAt(project, cause)),
      );
      return row === undefined ? null : storedOf(row);
    },
    request: (project, cause, by, asked) =>
      database.transaction(async (db) => {
        const waiting = { state: 'waiting' as const, by, asked, ended: null, error: null };
        const [added] = await db
          .insert(narratives)
          .values({ project, cause, ...waiting, ...NOTHING_TOLD })
          .onConflictDoNothing()
          .returning();
        if (added !== undefined) return storedOf(added);
        const [row] = await db.select().from(narratives).where(isAt(project, cause)).for('update');
        const before = storedOf(row!);
        if (OPEN.includes(before.state)) return before;
        const asksAgain = before.error?.code === 'unclear';
        await db
          .update(narratives)
          .set({ ...waiting, asksAgain })
          .where(isAt(project, cause));
        return { ...before, ...waiting, asksAgain };
      }),
    async next(project) {
      const [row] = await database.run((db) =>
        db
          .select()
          .from(narratives)
          .where(and(eq(narratives.project, project), inArray(narratives.state, [...OPEN])))
          // `running` sorts before `waiting`.
          .orderBy(asc(narratives.state), asc(narratives.asked), asc(narratives.cause))
          .limit(1),
      );
      return row === undefined ? null : storedOf(row);
    },
    async move(project, cause, to) {
      const rows = await database.run((db) =>
        db
          .update(narratives)
          .set(changeOf(to))
          .where(and(isAt(project, cause), inArray(narratives.state, [...OPEN])))
          .returning({ cause: narratives.cause }),
      );
      return rows.length > 0;
    },
    async forget(project, causes) {
      await database.transaction(async (db) => {
        await db.update(labelCalls).set(FORGOTTEN).where(eq(labelCalls.project, project));
        if (causes.length > 0)
          await db
            .delete(narratives)
            .where(and(eq(narratives.project, project), inArray(narratives.cause, [...causes])));
      });
    },
    reserve: ({ project, key, worst, asksAgain }, budget, now) =>
      database.transaction(async (db) => {
        await db.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
        const [before] = await db
          .select()
          .from(labelCalls)
          .where(and(eq(labelCalls.project, project), eq(labelCalls.key, key)))
          .orderBy(desc(labelCalls.id))
          .limit(1);
        if (before?.state === 'answered')
          return { kind: 'kept', answer: parsed<JsonObject>(before.answer) };
        if (before !== undefined && before.state !== 'refused' && !asksAgain)
          return { kind: 'unclear' };
        await db.delete(labelCalls).where(lt(labelCalls.at, now - LABEL_CALLS_KEPT));
        const [spent] = await db
          .select({
            calls: sql<number>`count(*)`.mapWith(Number),
            dollars: sql<number>`coalesce(sum(${labelCalls.dollars}), 0)`.mapWith(Number),
          })
          .from(labelCalls)
          .where(gt(labelCalls.at, now - DAY));
        const why = overBudget(spent!, worst, budget);
        if (why !== null) return { kind: 'over', why };
        const [call] = await db
          .insert(labelCalls)
          .values({ project, key, at: now, state: 'asked', dollars: worst ?? 0, answer: null })
          .returning({ id: labelCalls.id });
        return { kind: 'taken', id: call!.id };
      }),
    async settle(id, end) {
      const set =
        end.state === 'answered'
          ? {
              ...{ state: end.state, answer: JSON.stringify(end.answer) },
              ...(end.dollars !== null && { dollars: end.dollars }),
            }
          : { state: end.state, ...(end.state === 'refused' && { dollars: 0 }) };
      await database.run((db) => db.update(labelCalls).set(set).where(eq(labelCalls.id, id)));
    },
  };
}

const OPEN: readonly StoredNarrative['state'][] = ['waiting', 'running'];

const NOTHING_TOLD = { asksAgain: false, narrative: null, told: null, traces: [] };

/** What it spent goes on to count. */
const FORGOTTEN = { key: '', answer: null };

const isAt = (project: string, cause: string) =>
  and(eq(narratives.project, project), eq(narratives.cause, cause));

const storedOf = ({
  error,
  narrative,
  ...rest
}: typeof narratives.$inferSelect): StoredNarrative => ({
  ...rest,
  error: parsed<JobError>(error),
  narrative: parsed<Narrative>(narrative),
});

const parsed = <Value>(text: string | null): Value | null =>
  text === null ? null : (JSON.parse(text) as Value);

function changeOf(to: WorkEnd<NarrativeTold>): Partial<typeof narratives.$inferInsert> {
  switch (to.state) {
    case 'running':
      // A process that goes on with it does not know whether it was asked.
      return { state: 'running', asksAgain: false };
    case 'done':
      return to.result.narrative === null
        ? { state: 'failed', ended: to.ended, error: JSON.stringify(to.result.error) }
        : {
            ...{ state: 'done', ended: to.ended, told: to.ended, traces: to.result.traces },
            narrative: JSON.stringify(to.result.narrative),
          };
    case 'failed':
      return { state: 'failed', ended: to.ended, error: JSON.stringify(to.error) };
    case 'cancelled':
      return { state: 'cancelled', ended: to.ended };
    default: {
      const never: never = to;
      return never;
    }
  }
}
