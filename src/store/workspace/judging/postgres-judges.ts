import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { and, asc, eq, gt, inArray, lt, sql } from '../packages.ts';
import { judgeCalls, onlineJudges } from './judge-schema.ts';
import {
  boundReached,
  CALLS_KEPT,
  type JudgePlace,
  type JudgeSpend,
  type JudgeStore,
  MOST_ATTEMPTS,
  withCall,
} from './judge-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Online judges in PostgreSQL. */
export function postgresJudges(database: GuardedDatabase): JudgeStore {
  return {
    async uses(project) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(onlineJudges)
          .where(and(eq(onlineJudges.project, project), eq(onlineJudges.removed, false)))
          .orderBy(asc(onlineJudges.judge)),
      );
      return rows.map(({ judge, settings, version, since }) => ({
        ...{ name: judge, settings, version, since },
      }));
    },
    put: (place, settings, now) =>
      database.transaction(async (db) => {
        const [before] = await db.select().from(onlineJudges).where(isJudge(place)).for('update');
        const goesOn = before !== undefined && !before.removed && !before.settings.isPaused;
        const since = goesOn ? before.since : now;
        await db
          .insert(onlineJudges)
          .values({ ...place, settings, since })
          .onConflictDoUpdate({
            target: [onlineJudges.project, onlineJudges.judge],
            set: { settings, since, removed: false },
          });
      }),
    async remove(place) {
      const rows = await database.run((db) =>
        db
          .update(onlineJudges)
          .set({ removed: true })
          .where(and(isJudge(place), eq(onlineJudges.removed, false)))
          .returning({ judge: onlineJudges.judge }),
      );
      return rows.length > 0;
    },
    setVersion: (place, version) =>
      database.transaction(async (db) => {
        const [before] = await db.select().from(onlineJudges).where(isJudge(place)).for('update');
        if (before === undefined || before.version === version) return false;
        await db.update(onlineJudges).set({ version }).where(isJudge(place));
        return before.version !== '';
      }),
    calls: (place, now) =>
      database.transaction(async (db) => {
        const last = await db
          .select({ state: judgeCalls.state, at: judgeCalls.at, error: judgeCalls.error })
          .from(judgeCalls)
          .where(isCall(place))
          .orderBy(sql`${judgeCalls.id} DESC`)
          .limit(MOST_FAILURES);
        const settled = last.filter(({ state }) => state !== 'asked');
        const good = settled.findIndex(({ state }) => state === 'answered');
        const failures = good < 0 ? settled.length : good;
        const [first] = settled;
        const over = await db
          .select({ trace: judgeCalls.trace })
          .from(judgeCalls)
          .where(isCall(place))
          .groupBy(judgeCalls.trace)
          .having(sql`bool_or(NOT ${judgeCalls.written}) OR count(*) >= ${MOST_ATTEMPTS}`);
        return {
          spent: await spentIn(db, place, now),
          failures,
          lastFailure:
            failures > 0 && first !== undefined ? { at: first.at, error: first.error } : null,
          settled: over.map(({ trace }) => trace),
        };
      }),
    reserve: (place, wanted, budget, now) =>
      database.transaction(async (db) => {
        // Whoever else spends from this budget waits.
        await db.select().from(onlineJudges).where(isJudge(place)).for('update');
        await db.delete(judgeCalls).where(and(isCall(place), lt(judgeCalls.at, now - CALLS_KEPT)));
        const known = await settledAmong(db, place, wanted);
        let spent = await spentIn(db, place, now);
        const taken: (typeof wanted)[number][] = [];
        let bound: ReturnType<typeof boundReached> = null;
        for (const call of wanted.filter(({ trace }) => !known.has(trace))) {
          bound = boundReached(spent, call, budget);
          if (bound !== null) break;
          taken.push(call);
          spent = withCall(spent, call);
        }
        if (taken.length === 0) return { calls: [], bound };
        const calls = await db
          .insert(judgeCalls)
          .values(
            taken.map(({ trace, tokens, dollars }) => ({
              ...{ ...place, trace, at: now, state: 'asked' as const, tokens },
              ...{ dollars: dollars ?? 0, score: null, error: '', written: false },
            })),
          )
          .returning({ id: judgeCalls.id, trace: judgeCalls.trace });
        return { calls, bound };
      }),
    async settle(id, end) {
      const set =
        end.state === 'failed'
          ? { state: end.state, error: end.error, tokens: 0, dollars: 0, written: true }
          : {
              ...{ state: end.state, score: end.score },
              ...(end.spent.tokens !== null && { tokens: end.spent.tokens }),
              ...(end.spent.dollars !== null && { dollars: end.spent.dollars }),
            };
      await database.run((db) => db.update(judgeCalls).set(set).where(eq(judgeCalls.id, id)));
    },
    async unwritten(place) {
      const rows = await database.run((db) =>
        db
          .select()
          .from(judgeCalls)
          .where(
            and(isCall(place), eq(judgeCalls.state, 'answered'), eq(judgeCalls.written, false)),
          )
          .orderBy(asc(judgeCalls.id)),
      );
      return rows.flatMap(({ id, trace, score }) => (score === null ? [] : [{ id, trace, score }]));
    },
    async markWritten(ids) {
      if (ids.length === 0) return;
      await database.run((db) =>
        db
          .update(judgeCalls)
          .set({ written: true })
          .where(inArray(judgeCalls.id, [...ids])),
      );
    },
  };
}

/** Traces that are asked about no more: a call was made, or may have been, or too many failed. */
async function settledAmong(
  db: Transaction,
  place: JudgePlace,
  wanted: readonly { readonly trace: string }[],
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const ids = wanted.map(({ trace }) => trace);
  const rows = await db
    .select({ trace: judgeCalls.trace })
    .from(judgeCalls)
    .where(and(isCall(place), inArray(judgeCalls.trace, ids)))
    .groupBy(judgeCalls.trace)
    .having(sql`bool_or(${judgeCalls.state} <> 'failed') OR count(*) >= ${MOST_ATTEMPTS}`);
  return new Set(rows.map(({ trace }) => trace));
}

/** More in a row say nothing more. */
const MOST_FAILURES = 200;

async function spentIn(db: Transaction, place: JudgePlace, now: number): Promise<JudgeSpend> {
  const [row] = await db
    .select({
      callsPerHour: sql<number>`count(*) FILTER (WHERE ${judgeCalls.at} > ${now - HOUR})`.mapWith(
        Number,
      ),
      callsPerDay: sql<number>`count(*)`.mapWith(Number),
      tokensPerDay: sql<number>`coalesce(sum(${judgeCalls.tokens}), 0)`.mapWith(Number),
      dollarsPerDay: sql<number>`coalesce(sum(${judgeCalls.dollars}), 0)`.mapWith(Number),
    })
    .from(judgeCalls)
    .where(and(isCall(place), gt(judgeCalls.at, now - DAY)));
  return row ?? { callsPerHour: 0, callsPerDay: 0, tokensPerDay: 0, dollarsPerDay: 0 };
}

const isJudge = ({ project, judge }: JudgePlace) =>
  and(eq(onlineJudges.project, project), eq(onlineJudges.judge, judge));

const isCall = ({ project, judge }: JudgePlace) =>
  and(eq(judgeCalls.project, project), eq(judgeCalls.judge, judge));
