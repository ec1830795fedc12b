import type { Changed } from '../../../contract/decision.ts';
import type { Json } from '../../../contract/json.ts';
import type { Taxonomy } from '../../../contract/taxonomy.ts';
import type { GuardedDatabase, Transaction } from '../guarded-database.ts';
import { and, eq, sql } from '../packages.ts';
import { activity } from '../schema.ts';
import { lockProject, logged, rowsOf } from './annotation-rows.ts';
import type {
  AnnotationStore,
  AnnotationUndo,
  NextTaxonomy,
  TaxonomyVersion,
} from './annotation-store.ts';

type Taxonomies = Pick<
  AnnotationStore,
  | 'taxonomy'
  | 'beginTaxonomy'
  | 'taxonomyVersion'
  | 'taxonomyVersions'
  | 'labelCounts'
  | 'labelPlaces'
  | 'changeTaxonomy'
  | 'undoTaxonomy'
>;

interface Kept {
  readonly version: number;
  readonly content: Taxonomy;
  readonly content_of: number;
}

export function postgresTaxonomies(database: GuardedDatabase): Taxonomies {
  return {
    async taxonomy(project) {
      return (await database.run((db) => latest(db, project)))?.content ?? null;
    },
    async beginTaxonomy(project, first, at) {
      await database.run((db) =>
        db.execute(
          sql`INSERT INTO taxonomies (project, version, content, content_of, at, actor, action)
            VALUES (${project}, 1, ${JSON.stringify({ ...first, version: 1 })}::jsonb, 1, ${at}, 'culprit', 'start')
            ON CONFLICT DO NOTHING`,
        ),
      );
    },
    async taxonomyVersion(project, version) {
      return (await database.run((db) => kept(db, project, version)))?.content ?? null;
    },
    async taxonomyVersions(project) {
      const rows = await database.run((db) =>
        rowsOf<
          Omit<TaxonomyVersion, 'by' | 'at'> & { readonly actor: string; readonly at: string }
        >(
          db,
          sql`SELECT version, at, actor, action, jsonb_array_length(content -> 'categories') AS categories,
            CASE WHEN jsonb_typeof(content -> 'ratified') = 'object' THEN content -> 'ratified' END AS ratified
            FROM taxonomies WHERE project = ${project} ORDER BY version DESC LIMIT 200`,
        ),
      );
      return rows.map(({ actor: by, at, ...row }) => ({ ...row, by, at: Number(at) }));
    },
    async labelCounts(project) {
      const rows = await database.run((db) =>
        rowsOf<{ readonly category: string; readonly labels: number }>(
          db,
          sql`SELECT category, count(*)::integer AS labels FROM labels
            WHERE project = ${project} AND category IS NOT NULL GROUP BY category`,
        ),
      );
      return Object.fromEntries(rows.map(({ category, labels }) => [category, labels]));
    },
    labelPlaces: (project) => database.run((db) => places(db, project)),
    changeTaxonomy: (project, { id, at, by, action }, next) =>
      database.transaction(async (db) => {
        await lockProject(db, project, 'change');
        const now = await latest(db, project);
        if (now === null) throw new Error(`the project ${project} has no taxonomy: begin one`);
        const made = next(now.content, await places(db, project));
        const { changes, ...rest } = await write(db, project, now, made, { at, by, action });
        const line = { id, at, by, action, changes, undoes: null };
        return { ...rest, activity: await logged(db, project, line) };
      }),
    undoTaxonomy: (project, { id, at, by, undoes }, next) =>
      database.transaction(async (db): Promise<AnnotationUndo> => {
        await lockProject(db, project, 'change');
        const [line] = await db
          .select()
          .from(activity)
          .where(and(eq(activity.project, project), eq(activity.id, undoes)))
          .for('update');
        if (line === undefined) return { kind: 'missing' };
        if (line.undoneBy !== null) return { kind: 'undone already' };
        const [change, ...moved] = line.changes;
        const now = await latest(db, project);
        if (now === null || change === undefined) return { kind: 'missing' };
        const done = { at, by, action: 'undo' };
        if (change.field === 'ratified') {
          const { ratified } = now.content;
          if (JSON.stringify(ratified) !== JSON.stringify(change.after))
            return { kind: 'changed since' };
          const back = change.before as Taxonomy['ratified'];
          const made = { taxonomy: { ...now.content, ratified: back }, moves: [] };
          const { changes } = await write(db, project, now, made, done);
          const undo = { id, ...done, changes, undoes };
          return { kind: 'done', activity: await logged(db, project, undo) };
        }
        const before = await kept(db, project, Number(change.before));
        if (before === null || now.content_of !== change.after) return { kind: 'changed since' };
        const moves = moved.map(({ subject: label, before: from, after: to }) => ({
          ...{ label, from: String(from), to: String(to) },
        }));
        const made = next(before.content, now.content, moves, await places(db, project));
        const { changes } = await write(db, project, now, made, done, before.content_of);
        const undo = { id, ...done, changes, undoes };
        return { kind: 'done', activity: await logged(db, project, undo) };
      }),
  };
}

type Reader = Pick<Transaction, 'execute'>;

async function latest(db: Reader, project: string): Promise<Kept | null> {
  const [row] = await rowsOf<Kept>(
    db,
    sql`SELECT version, content, content_of FROM taxonomies
      WHERE project = ${project} ORDER BY version DESC LIMIT 1`,
  );
  return row ?? null;
}

async function kept(db: Reader, project: string, version: number): Promise<Kept | null> {
  const [row] = await rowsOf<Kept>(
    db,
    sql`SELECT version, content, content_of FROM taxonomies
      WHERE project = ${project} AND version = ${version}`,
  );
  return row ?? null;
}

const places = (db: Reader, project: string) =>
  rowsOf<{ readonly id: string; readonly category: string }>(
    db,
    sql`SELECT id, category FROM labels WHERE project = ${project} AND category IS NOT NULL ORDER BY id`,
  );

interface Done {
  readonly at: number;
  readonly by: string;
  readonly action: string;
}

const insert = (
  db: Transaction,
  project: string,
  taxonomy: Taxonomy,
  contentOf: number,
  { at, by, action }: Done,
) =>
  db.execute(
    sql`INSERT INTO taxonomies (project, version, content, content_of, at, actor, action)
      VALUES (${project}, ${taxonomy.version}, ${JSON.stringify(taxonomy)}::jsonb, ${contentOf}, ${at}, ${by}, ${action})`,
  );

/** Keeps the next version, or the same one ratified, and moves labels. */
async function write(
  db: Transaction,
  project: string,
  now: Kept,
  { taxonomy, moves }: NextTaxonomy,
  done: Done,
  contentOf: number = taxonomy.version,
): Promise<NextTaxonomy & { readonly changes: readonly Changed[] }> {
  const at = { kind: 'taxonomy', subject: project } as const;
  if (taxonomy.version === now.version) {
    await db.execute(
      sql`UPDATE taxonomies SET content = ${JSON.stringify(taxonomy)}::jsonb
        WHERE project = ${project} AND version = ${taxonomy.version}`,
    );
    const before = now.content.ratified as Json;
    const after = taxonomy.ratified as Json;
    return { taxonomy, moves, changes: [{ ...at, field: 'ratified', before, after }] };
  }
  await insert(db, project, taxonomy, contentOf, done);
  await db.execute(
    sql`UPDATE labels SET category = moved."to"
      FROM jsonb_to_recordset(${JSON.stringify(moves)}::jsonb) AS moved (label text, "to" text)
      WHERE labels.project = ${project} AND labels.id = moved.label`,
  );
  const changes: Changed[] = [
    { ...at, field: 'version', before: now.content_of, after: contentOf },
    ...moves.map(({ label, from, to }) => ({
      ...{ kind: 'label' as const, subject: label, field: 'category' },
      ...{ before: from, after: to },
    })),
  ];
  return { taxonomy, moves, changes };
}
