import type { Activity, Changed } from '../../../contract/decision.ts';
import type { Json } from '../../../contract/json.ts';
import type { Label, LabelFields, LabelKind } from '../../../contract/person-label.ts';
import type { Queue, QueueKind, QueueSettings } from '../../../contract/queue.ts';
import type { Transaction } from '../guarded-database.ts';
import { and, eq, type SQL, sql } from '../packages.ts';
import { activity } from '../schema.ts';

/** Rows of a statement. */
export async function rowsOf<Row>(
  db: Pick<Transaction, 'execute'>,
  statement: SQL,
): Promise<readonly Row[]> {
  const { rows } = await db.execute(statement);
  return rows as unknown as readonly Row[];
}

export interface LabelRow extends Omit<LabelFields, 'milliseconds'> {
  readonly id: string;
  readonly kind: LabelKind;
  readonly subject: string;
  readonly person: string;
  readonly milliseconds: string | null;
  readonly taxonomy: number;
  readonly at: string;
  readonly queue: string | null;
  readonly item: string | null;
  readonly settles: boolean;
}

export const LABEL_COLUMNS: SQL = sql.raw(
  'id, kind, subject, person, triage, category, note, codes, proposal, milliseconds, taxonomy, at, queue, item, settles',
);

export const labelOf = ({ at, milliseconds, ...row }: LabelRow): Label => ({
  ...row,
  at: Number(at),
  milliseconds: milliseconds === null ? null : Number(milliseconds),
});

export const ITEM_COLUMNS: SQL = sql.raw(
  'i.id, i.queue, i.subject, i.points, i.reasons, i.wanted, i.answered, i.holders, i.deferred, i.settled',
);

export interface QueueRow {
  readonly id: string;
  readonly kind: QueueKind;
  readonly settings: QueueSettings;
  readonly created: string;
  readonly actor: string;
}

export const queueOf = ({ id, kind, settings, created, actor }: QueueRow): Queue => ({
  ...{ id, kind, ...settings },
  created: Number(created),
  by: actor,
});

/** Holds off whoever changes the taxonomy until the end of the transaction; `change` holds off those who label, too. */
export async function lockProject(
  db: Transaction,
  project: string,
  what: 'label' | 'change',
): Promise<void> {
  const lock = sql.raw(what === 'label' ? 'FOR SHARE' : 'FOR UPDATE');
  await db.execute(sql`SELECT id FROM projects WHERE id = ${project} ${lock}`);
}

/** Writes a line of the activity log; marks the one that it takes back. */
export async function logged(
  db: Transaction,
  project: string,
  line: Omit<Activity, 'undoneBy'>,
): Promise<Activity> {
  await db.insert(activity).values({ ...line, project });
  if (line.undoes !== null)
    await db
      .update(activity)
      .set({ undoneBy: line.id })
      .where(and(eq(activity.project, project), eq(activity.id, line.undoes)));
  return { ...line, undoneBy: null };
}

/** A label as the log tells of it. What an answer says stays out: the log is open to people who still have to answer. */
const told = (label: Label | null): unknown => {
  if (label === null || label.item === null || label.settles) return label;
  const { id, at, subject, queue, item } = label;
  return { id, at, subject, queue, item };
};

export const labelChange = (
  subject: string,
  before: Label | null,
  after: Label | null,
): Changed => ({
  ...{ kind: 'label', subject, field: 'label' },
  ...{ before: told(before) as Json, after: told(after) as Json },
});

/** What a value of the log is known to be. */
export const valueAs = <Value>(value: Json): Value => value as unknown as Value;
