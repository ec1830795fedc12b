import type { Json } from '../../../contract/json.ts';
import type { QueueItem, QueueSettings } from '../../../contract/queue.ts';
import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { type SQL, sql } from '../packages.ts';
import { ITEM_COLUMNS, logged, type QueueRow, queueOf, rowsOf } from './annotation-rows.ts';
import type { AnnotationStore, Hold, QueueCounts } from './annotation-store.ts';

type Queues = Pick<
  AnnotationStore,
  | 'queues'
  | 'queue'
  | 'addQueue'
  | 'changeQueue'
  | 'counts'
  | 'addItems'
  | 'item'
  | 'items'
  | 'doneItems'
  | 'isBlind'
  | 'next'
  | 'hold'
  | 'release'
>;

export function postgresQueues(database: GuardedDatabase): Queues {
  const one = async (statement: SQL): Promise<QueueItem | null> => {
    const [row] = await database.run((db) => rowsOf<QueueItem>(db, statement));
    return row ?? null;
  };
  return {
    async queues(project) {
      const rows = await database.run((db) =>
        rowsOf<QueueRow>(
          db,
          sql`SELECT id, kind, settings, created, actor FROM queues
            WHERE project = ${project} ORDER BY created DESC, id LIMIT 1000`,
        ),
      );
      return rows.map(queueOf);
    },
    async queue(project, id) {
      const [row] = await database.run((db) => rowsOf<QueueRow>(db, queueRow(project, id)));
      return row === undefined ? null : queueOf(row);
    },
    addQueue: (project, { id, at, by }, { id: queue, kind, settings }) =>
      database.transaction(async (db) => {
        await db.execute(
          sql`INSERT INTO queues (id, project, kind, settings, created, actor)
            VALUES (${queue}, ${project}, ${kind}, ${JSON.stringify(settings)}::jsonb, ${at}, ${by})`,
        );
        const change = { kind: 'queue' as const, subject: queue, field: 'settings' };
        const changes = [{ ...change, before: null, after: settings as unknown as Json }];
        await logged(db, project, { id, at, by, action: 'queue', changes, undoes: null });
        return { ...{ id: queue, kind, ...settings }, created: at, by };
      }),
    changeQueue: (project, { id, at, by }, queue, change) =>
      database.transaction(async (db) => {
        const [row] = await rowsOf<QueueRow>(db, sql`${queueRow(project, queue)} FOR UPDATE`);
        if (row === undefined) return null;
        const settings = { ...row.settings, ...change };
        await writeSettings(db, queue, settings);
        const at_ = { kind: 'queue' as const, subject: queue, field: 'settings' };
        const before = row.settings as unknown as Json;
        const changes = [{ ...at_, before, after: settings as unknown as Json }];
        await logged(db, project, { id, at, by, action: 'queue', changes, undoes: null });
        return queueOf({ ...row, settings });
      }),
    async counts(queue, person, now) {
      const [row] = await database.run((db) =>
        rowsOf<QueueCounts>(
          db,
          sql`SELECT count(*)::integer AS items,
            count(*) FILTER (WHERE cardinality(i.answered) >= i.wanted OR i.settled IS NOT NULL)::integer AS done,
            count(*) FILTER (WHERE ${person} = ANY(i.answered))::integer AS answered,
            count(*) FILTER (WHERE ${person} = ANY(i.deferred) AND NOT ${person} = ANY(i.answered))::integer AS deferred,
            count(*) FILTER (WHERE ${isFree(person, now)})::integer AS left
            FROM queue_items AS i WHERE i.queue = ${queue}`,
        ),
      );
      return row ?? { items: 0, done: 0, answered: 0, deferred: 0, left: 0 };
    },
    async addItems(project, queue, items) {
      const rows = items.map(({ reasons, ...item }) => ({
        ...{ ...item, reasons },
        points: Math.max(0, ...reasons.map(({ points }) => points)),
      }));
      const added = await database.run((db) =>
        rowsOf(
          db,
          sql`INSERT INTO queue_items (id, queue, project, subject, points, reasons, added, wanted, is_open)
            SELECT new.id, q.id, q.project, new.subject, new.points, new.reasons, new.at,
              (q.settings ->> 'annotators')::integer, NOT (q.settings ->> 'isClosed')::boolean
            FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
              AS new (id text, subject text, points integer, reasons jsonb, at bigint)
            JOIN queues AS q ON q.id = ${queue} AND q.project = ${project}
            ON CONFLICT (queue, subject) DO NOTHING RETURNING id`,
        ),
      );
      return added.length;
    },
    item: (project, id) =>
      one(sql`SELECT ${ITEM_COLUMNS} FROM queue_items AS i
        WHERE i.project = ${project} AND i.id = ${id}`),
    items: ({ queue, person, now, limit }) =>
      database.run((db) =>
        rowsOf<QueueItem>(
          db,
          sql`SELECT ${ITEM_COLUMNS} FROM queue_items AS i WHERE i.queue = ${queue}
            ORDER BY (${isFree(person, now)}) DESC, (${person} = ANY(i.answered)) DESC, ${order(person)}
            LIMIT ${limit}`,
        ),
      ),
    doneItems: (project, queue) =>
      database.run((db) =>
        rowsOf<QueueItem>(
          db,
          sql`SELECT ${ITEM_COLUMNS} FROM queue_items AS i
            WHERE i.project = ${project} AND i.queue = ${queue} AND cardinality(i.answered) >= i.wanted
            ORDER BY i.added, i.id LIMIT 10000`,
        ),
      ),
    async isBlind(project, subject, { person, now }) {
      const found = await one(
        sql`SELECT ${ITEM_COLUMNS} FROM queue_items AS i JOIN queues AS q ON q.id = i.queue
          WHERE i.project = ${project} AND i.subject = ${subject} AND (q.settings ->> 'blind')::boolean
            AND cardinality(i.answered) < i.wanted AND i.settled IS NULL
            AND coalesce((i.holders ->> ${person}::text)::bigint, 0) > ${now}::bigint LIMIT 1`,
      );
      return found !== null;
    },
    async next(queue, hold) {
      const { person, now } = hold;
      // Items that others are just taking are passed over. Where nothing else is left, their end is waited for: one may still
      // want another answer.
      for (const wait of [sql.raw('FOR UPDATE SKIP LOCKED'), sql.raw('FOR UPDATE')]) {
        const taken = await one(
          sql`UPDATE queue_items AS i SET holders = ${heldBy(hold)}
            WHERE i.id = (
              SELECT c.id FROM queue_items AS c
              WHERE c.queue = ${queue} AND ${isFree(person, now, 'c')}
              ORDER BY jsonb_exists(c.holders, ${person}) DESC, ${order(person, 'c')}
              LIMIT 1 ${wait}
            ) AND ${isFree(person, now)}
            RETURNING ${ITEM_COLUMNS}`,
        );
        if (taken !== null) return taken;
      }
      return null;
    },
    hold: (project, item, hold) =>
      one(
        sql`UPDATE queue_items AS i SET holders = ${heldBy(hold)}
          WHERE i.id = ${item} AND i.project = ${project} AND ${isFree(hold.person, hold.now)}
          RETURNING ${ITEM_COLUMNS}`,
      ),
    release: (project, item, { person, isDeferred }) =>
      one(
        sql`UPDATE queue_items AS i SET holders = i.holders - ${person}::text,
            deferred = ${
              isDeferred
                ? sql`array_append(array_remove(i.deferred, ${person}::text), ${person}::text)`
                : sql`i.deferred`
            }
          WHERE i.id = ${item} AND i.project = ${project}
          RETURNING ${ITEM_COLUMNS}`,
      ),
  };
}

/**
 * Whether one more answer, by this person, is wanted: those given and those others have reserved do not suffice.
 * @param row Name of the row.
 */
export function isFree(person: string, now: number, row: 'i' | 'c' = 'i'): SQL {
  const r = sql.raw(row);
  return sql`(${r}.is_open AND ${r}.settled IS NULL AND NOT ${person} = ANY(${r}.answered)
    AND cardinality(${r}.answered) + (
      SELECT count(*) FROM jsonb_each_text(${r}.holders) AS h
      WHERE h.key <> ${person} AND h.value::bigint > ${now}::bigint
    ) < ${r}.wanted)`;
}

/** What a person put off comes last; then by points, in an order of the person's own. */
function order(person: string, row: 'i' | 'c' = 'i'): SQL {
  const r = sql.raw(row);
  return sql`(${person} = ANY(${r}.deferred)), ${r}.points DESC, md5(${person}::text || ' ' || ${r}.id)`;
}

/** The reservations that hold, and this one. */
const heldBy = ({ person, now, until }: Hold): SQL =>
  sql`(SELECT coalesce(jsonb_object_agg(h.key, h.value::bigint), '{}')
      FROM jsonb_each_text(i.holders) AS h WHERE h.value::bigint > ${now}::bigint)
    || jsonb_build_object(${person}::text, ${until}::bigint)`;

const queueRow = (project: string, id: string): SQL =>
  sql`SELECT id, kind, settings, created, actor FROM queues WHERE project = ${project} AND id = ${id}`;

/** Settings of a queue, as far as they concern each item, stand in the items, where statements check them. */
export async function writeSettings(
  db: Transaction,
  queue: string,
  settings: QueueSettings,
): Promise<void> {
  await db.execute(
    sql`UPDATE queues SET settings = ${JSON.stringify(settings)}::jsonb WHERE id = ${queue}`,
  );
  const { annotators, isClosed } = settings;
  await db.execute(
    sql`UPDATE queue_items SET wanted = ${annotators}, is_open = ${!isClosed}
      WHERE queue = ${queue} AND (wanted <> ${annotators} OR is_open = ${isClosed})`,
  );
}
