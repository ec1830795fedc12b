import { isDeepStrictEqual } from 'node:util';
import type { Changed } from '../../../contract/decision.ts';
import type { Label, LabelFields } from '../../../contract/person-label.ts';
import type { QueueSettings } from '../../../contract/queue.ts';
import type { Taxonomy } from '../../../contract/taxonomy.ts';
import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { and, eq, type SQL, sql } from '../packages.ts';
import { activity } from '../schema.ts';
import {
  LABEL_COLUMNS,
  type LabelRow,
  labelChange,
  labelOf,
  lockProject,
  logged,
  rowsOf,
  valueAs,
} from './annotation-rows.ts';
import type { AnnotationStore, AnnotationUndo, AnswerResult, Doing } from './annotation-store.ts';
import { isFree, writeSettings } from './postgres-queues.ts';

type Labels = Pick<AnnotationStore, 'answer' | 'settle' | 'label' | 'labels' | 'undo'>;

export function postgresLabels(database: GuardedDatabase): Labels {
  /** Runs the statement that writes a label, once the taxonomy has its category, and logs it. */
  const labeled = (
    project: string,
    action: string,
    { id, at, by, fields }: Doing & { readonly fields: LabelFields },
    statement: (version: number) => SQL,
    before: (db: Transaction) => Promise<Label | null>,
  ): Promise<AnswerResult> =>
    database.transaction(async (db): Promise<AnswerResult> => {
      await lockProject(db, project, 'label');
      const version = await versionWith(db, project, fields.category);
      if (version === null) return { kind: 'no such category' };
      const replaced = await before(db);
      const [row] = await rowsOf<LabelRow>(db, statement(version));
      if (row === undefined) return { kind: 'taken' };
      const label = labelOf(row);
      const changes = [labelChange(label.id, replaced, label)];
      await logged(db, project, { id, at, by, action, changes, undoes: null });
      return { kind: 'done', label };
    });
  const none = async (): Promise<null> => null;
  return {
    answer: (project, item, doing) => {
      const { at, by, label, fields } = doing;
      const answer = (version: number): SQL =>
        sql`WITH taken AS (
            UPDATE queue_items AS i
            SET answered = array_append(i.answered, ${by}::text), holders = i.holders - ${by}::text,
              deferred = array_remove(i.deferred, ${by}::text)
            WHERE i.id = ${item} AND i.project = ${project} AND ${isFree(by, at)}
            RETURNING i.id, i.queue, i.subject
          )
          INSERT INTO labels (${LABEL_COLUMNS}, project)
          SELECT ${label}, ${kindOfQueue}, taken.subject, ${by}, ${valuesOf(fields)},
            ${version}::integer, ${at}::bigint, taken.queue, taken.id, false, ${project}
          FROM taken JOIN queues AS q ON q.id = taken.queue
          RETURNING ${LABEL_COLUMNS}`;
      return labeled(project, 'answer', doing, answer, none);
    },
    settle: (project, item, doing) => {
      const { at, by, label, fields } = doing;
      const settle = (version: number): SQL =>
        sql`WITH settled AS (
            UPDATE queue_items AS i SET settled = ${label}
            WHERE i.id = ${item} AND i.project = ${project} AND cardinality(i.answered) >= 2
              AND cardinality(i.answered) >= i.wanted AND i.settled IS NULL
            RETURNING i.id, i.queue, i.subject
          )
          INSERT INTO labels (${LABEL_COLUMNS}, project)
          SELECT ${label}, ${kindOfQueue}, settled.subject, ${by}, ${valuesOf(fields)},
            ${version}::integer, ${at}::bigint, settled.queue, settled.id, true, ${project}
          FROM settled JOIN queues AS q ON q.id = settled.queue
          RETURNING ${LABEL_COLUMNS}`;
      return labeled(project, 'settle', doing, settle, none);
    },
    label: (project, doing) => {
      const { at, by, label, fields } = doing;
      const { kind, subject } = fields;
      const write = (version: number): SQL =>
        sql`INSERT INTO labels (${LABEL_COLUMNS}, project)
          VALUES (${label}, ${kind}, ${subject}, ${by}, ${valuesOf(fields)},
            ${version}, ${at}, NULL, NULL, false, ${project})
          ON CONFLICT (project, kind, subject, person) WHERE item IS NULL DO UPDATE SET
            triage = excluded.triage, category = excluded.category, note = excluded.note, codes = excluded.codes,
            proposal = excluded.proposal, milliseconds = excluded.milliseconds, taxonomy = excluded.taxonomy, at = excluded.at
          RETURNING ${LABEL_COLUMNS}`;
      return labeled(project, 'label', doing, write, async (db) => {
        const [row] = await rowsOf<LabelRow>(
          db,
          sql`SELECT ${LABEL_COLUMNS} FROM labels WHERE project = ${project} AND kind = ${kind}
            AND subject = ${subject} AND person = ${by} AND item IS NULL FOR UPDATE`,
        );
        return row === undefined ? null : labelOf(row);
      });
    },
    async labels(project, { person, queue, item, subject, category, limit = MOST_LABELS }) {
      const where = [
        sql`l.project = ${project}`,
        ...(queue === undefined ? [] : [sql`l.queue = ${queue}`]),
        ...(item === undefined ? [] : [sql`l.item = ${item}`]),
        ...(subject === undefined ? [] : [sql`l.subject = ${subject}`]),
        ...(category === undefined ? [] : [sql`l.category = ${category}`]),
        sql`(l.person = ${person} OR l.item IS NULL OR NOT (q.settings ->> 'blind')::boolean
          OR cardinality(i.answered) >= i.wanted OR i.settled IS NOT NULL)`,
      ];
      const rows = await database.run((db) =>
        rowsOf<LabelRow>(
          db,
          sql`SELECT ${LABEL_COLUMNS_OF_L} FROM labels AS l
            LEFT JOIN queue_items AS i ON i.id = l.item LEFT JOIN queues AS q ON q.id = l.queue
            WHERE ${sql.join(where, sql` AND `)} ORDER BY l.at DESC, l.id LIMIT ${limit}`,
        ),
      );
      return rows.map(labelOf);
    },
    undo: (project, { id, at, by, undoes }) =>
      database.transaction(async (db): Promise<AnnotationUndo> => {
        await lockProject(db, project, 'label');
        const [line] = await db
          .select()
          .from(activity)
          .where(and(eq(activity.project, project), eq(activity.id, undoes)))
          .for('update');
        if (line === undefined) return { kind: 'missing' };
        if (line.undoneBy !== null) return { kind: 'undone already' };
        const changes: Changed[] = [];
        for (const change of line.changes) {
          const back = await takenBack(db, project, change, at);
          if (back === null) return { kind: 'changed since' };
          changes.push(back);
        }
        const undo = { id, at, by, action: 'undo', changes, undoes };
        return { kind: 'done', activity: await logged(db, project, undo) };
      }),
  };
}

const MOST_LABELS = 100_000;

const kindOfQueue: SQL = sql.raw(`CASE q.kind WHEN 'traces' THEN 'trace' ELSE 'cause' END`);

const LABEL_COLUMNS_OF_L: SQL = sql.raw(
  'l.id, l.kind, l.subject, l.person, l.triage, l.category, l.note, l.codes, l.proposal, l.milliseconds, l.taxonomy, l.at, l.queue, l.item, l.settles',
);

const valuesOf = ({ triage, category, note, codes, proposal, milliseconds }: LabelFields): SQL =>
  sql`${triage}, ${category}::text, ${note}, ${JSON.stringify(codes)}::jsonb, ${proposal}::text, ${milliseconds}::bigint`;

/** The latest version of the taxonomy; null where it has no such category. 0 before the first. */
async function versionWith(
  db: Transaction,
  project: string,
  category: string | null,
): Promise<number | null> {
  const [row] = await rowsOf<{ readonly version: number; readonly content: Taxonomy }>(
    db,
    sql`SELECT version, content FROM taxonomies WHERE project = ${project} ORDER BY version DESC LIMIT 1`,
  );
  const isThere =
    category === null || (row?.content.categories.some(({ id }) => id === category) ?? false);
  return isThere ? (row?.version ?? 0) : null;
}

/** Takes one change of a label or a queue back; null where something has changed since. */
async function takenBack(
  db: Transaction,
  project: string,
  change: Changed,
  at: number,
): Promise<Changed | null> {
  const { subject } = change;
  if (change.kind === 'queue') return await queueTakenBack(db, project, change);
  const now = await rowsOf<LabelRow>(
    db,
    sql`SELECT ${LABEL_COLUMNS} FROM labels WHERE project = ${project} AND id = ${subject} FOR UPDATE`,
  );
  const label = now[0] === undefined ? null : labelOf(now[0]);
  const before = valueAs<Label | null>(change.before);
  const after = valueAs<Label | null>(change.after);
  // An answer that was taken back and is wanted again may find its place taken, so only giving is taken back.
  if (label === null || after === null || label.at !== after.at) return null;
  if (before === null) {
    if (label.settles)
      await db.execute(
        sql`UPDATE queue_items SET settled = NULL WHERE id = ${label.item} AND settled = ${subject}`,
      );
    else if (label.item !== null) {
      const open = await rowsOf(
        db,
        sql`UPDATE queue_items SET answered = array_remove(answered, ${label.person}::text)
          WHERE id = ${label.item} AND settled IS NULL RETURNING id`,
      );
      if (open.length === 0) return null;
    }
    await db.execute(sql`DELETE FROM labels WHERE id = ${subject}`);
    return labelChange(subject, label, null);
  }
  const version = await versionWith(db, project, before.category);
  if (version === null) return null;
  await db.execute(
    sql`UPDATE labels SET (triage, category, note, codes, proposal, milliseconds) = (SELECT ${valuesOf(before)}),
      taxonomy = ${version}, at = ${at} WHERE id = ${subject}`,
  );
  return labelChange(subject, label, { ...before, taxonomy: version, at });
}

async function queueTakenBack(
  db: Transaction,
  project: string,
  change: Changed,
): Promise<Changed | null> {
  const { subject } = change;
  const [row] = await rowsOf<{ readonly settings: QueueSettings }>(
    db,
    sql`SELECT settings FROM queues WHERE project = ${project} AND id = ${subject} FOR UPDATE`,
  );
  if (row === undefined || !isDeepStrictEqual(row.settings, change.after)) return null;
  // A queue that was made is closed: its answers stay.
  const settings = valueAs<QueueSettings | null>(change.before) ?? {
    ...row.settings,
    isClosed: true,
  };
  await writeSettings(db, subject, settings);
  return { ...change, before: change.after, after: settings as unknown as Changed['after'] };
}
