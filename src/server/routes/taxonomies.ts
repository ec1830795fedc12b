import {
  changeTaxonomy,
  parseTaxonomy,
  redefined,
  replaceTaxonomy,
  STARTERS,
  taxonomyWarnings,
  taxonomyYaml,
} from '../../annotation/annotation.ts';
import { type Taxonomy, taxonomyChangeSchema, taxonomySchema } from '../../contract/taxonomy.ts';
import type { NextTaxonomy } from '../../store/workspace/workspace.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';

const taxonomy = named('Taxonomy', taxonomySchema);

const ratified = z.object({ by: z.string(), at: z.iso.datetime() });

const get = route('read', {
  method: 'get',
  path: '/taxonomy',
  summary:
    'The categories of failures, how many labels each has, what makes them hard to use, and earlier versions',
  responses: {
    200: json(
      z.object({
        taxonomy,
        labels: z.record(z.string(), z.number()).describe('by id of the category'),
        warnings: z.array(
          z.object({
            kind: z.enum(['vague_name', 'no_criterion', 'near_duplicate']),
            id: z.string(),
            other: z.string().nullable(),
            message: z.string(),
          }),
        ),
        versions: z
          .array(
            z.object({
              version: z.number(),
              at: z.iso.datetime(),
              by: z.string(),
              action: z.string(),
              categories: z.number(),
              ratified: orNull(ratified),
            }),
          )
          .describe('newest first'),
      }),
      'the taxonomy; before the first change, the starter `method`',
    ),
  },
});

const changed = json(
  z.object({
    taxonomy,
    moves: z
      .array(z.object({ from: z.string(), to: z.string(), labels: z.number() }))
      .describe('labels that change their category'),
    redefined: z
      .array(z.string())
      .describe('categories with another definition, whose labels need a second look'),
    activity: z.string().nullable().describe('what undoes it; null for a preview'),
  }),
  'the next version',
);

const body = <Schema extends z.ZodType>(schema: Schema) => ({
  body: { required: true, content: { 'application/json': { schema } } },
});

const preview = z.boolean().default(false).describe('say what would become of it, change nothing');

const change = route('write', {
  method: 'post',
  path: '/taxonomy/changes',
  summary: 'Add, edit, move, merge, split or remove categories; labels move with them',
  request: body(z.strictObject({ change: taxonomyChangeSchema, preview })),
  responses: { 200: changed },
});

const ratify = route('write', {
  method: 'post',
  path: '/taxonomy/ratify',
  summary: 'Agree to the present version',
  request: body(z.strictObject({ version: z.int().describe('the one that is agreed to') })),
  responses: { 200: changed },
});

const starters = route('read', {
  method: 'get',
  path: '/taxonomy/starters',
  summary: 'Taxonomies to begin with, with their crosswalk',
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            name: z.string(),
            taxonomy,
            yaml: z.string().describe('what `POST /taxonomy/file` takes to begin with it'),
          }),
        ),
      }),
      'the starters',
    ),
  },
});

const yaml = route('read', {
  method: 'get',
  path: '/taxonomy/file',
  summary: 'The taxonomy as YAML, to keep in git',
  responses: { 200: json(z.object({ yaml: z.string() }), 'the file') },
});

const upload = route('write', {
  method: 'post',
  path: '/taxonomy/file',
  summary:
    'Replace the categories by those of a YAML file; labels of categories that go move to the ones above',
  request: body(z.strictObject({ yaml: z.string().max(4_000_000), preview })),
  responses: { 200: changed },
});

/** What a project without a taxonomy has. */
const FIRST = STARTERS.method;

/** The taxonomy of a project. */
export const taxonomyOf = async (
  { workspace }: Pick<ServerContext, 'workspace'>,
  project: string,
): Promise<Taxonomy> => (await workspace.annotation.taxonomy(project)) ?? FIRST;

/** Labels refer to a taxonomy that is kept. */
export const keepTaxonomy = (
  { workspace, clock }: Pick<ServerContext, 'workspace' | 'clock'>,
  project: string,
): Promise<void> => workspace.annotation.beginTaxonomy(project, FIRST, clock());

export function taxonomyRoutes(context: ServerContext): Api {
  const { workspace, clock, newId } = context;
  const api = newApi();

  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const { annotation } = workspace;
    const [now, labels, versions] = await Promise.all([
      taxonomyOf(context, project),
      annotation.labelCounts(project),
      annotation.taxonomyVersions(project),
    ]);
    return c.json(
      {
        taxonomy: now,
        labels: { ...labels },
        warnings: [...taxonomyWarnings(now.categories)],
        versions: versions.map(({ at, ratified: agreed, ...version }) => ({
          ...version,
          at: new Date(at).toISOString(),
          ratified:
            agreed === null ? null : { by: agreed.by, at: new Date(agreed.at).toISOString() },
        })),
      },
      200,
    );
  });

  api.openapi(change, async (c) => {
    const given = c.req.valid('json');
    const wanted = given.change;
    if (wanted.kind === 'ratify')
      throw new RequestError({
        status: 400,
        code: 'invalid_input',
        detail: 'change: POST /taxonomy/ratify agrees to a version',
      });
    const made = await changedBy(c.var.access, wanted.kind, given.preview, (now, labels) =>
      changeTaxonomy(now, wanted, labels),
    );
    return c.json(made, 200);
  });

  api.openapi(ratify, async (c) => {
    const who = c.var.access;
    const { version } = c.req.valid('json');
    const made = await changedBy(who, 'ratify', false, (now, labels) => {
      if (now.version !== version)
        throw new RequestError({
          status: 409,
          code: 'changed_since',
          detail: `the taxonomy is at version ${now.version} by now: look at it before you agree`,
        });
      return changeTaxonomy(now, { kind: 'ratify', by: who.by, at: clock() }, labels);
    });
    return c.json(made, 200);
  });

  api.openapi(starters, (c) =>
    c.json(
      {
        items: Object.entries(STARTERS).map(([name, each]) => ({
          ...{ name, taxonomy: each, yaml: taxonomyYaml(each) },
        })),
      },
      200,
    ),
  );

  api.openapi(yaml, async (c) =>
    c.json({ yaml: taxonomyYaml(await taxonomyOf(context, c.var.access.project)) }, 200),
  );

  api.openapi(upload, async (c) => {
    const given = c.req.valid('json');
    const { categories } = parseTaxonomy(given.yaml);
    const made = await changedBy(c.var.access, 'import', given.preview, (now, labels) =>
      replaceTaxonomy(now, categories, labels),
    );
    return c.json(made, 200);
  });

  return api;

  type Next = (
    now: Taxonomy,
    labels: readonly { readonly id: string; readonly category: string }[],
  ) => NextTaxonomy;

  async function changedBy(
    { project, by }: { readonly project: string; readonly by: string },
    action: string,
    isPreview: boolean,
    next: Next,
  ) {
    const { annotation } = workspace;
    let before = FIRST;
    const noting: Next = (now, labels) => {
      before = now;
      return next(now, labels);
    };
    const doing = { id: newId(), at: clock(), by, action };
    if (!isPreview) await keepTaxonomy(context, project);
    const made = isPreview
      ? noting(
          await taxonomyOf(context, project),
          // What others have not shown yet moves, too, so it is counted.
          await annotation.labelPlaces(project),
        )
      : await annotation.changeTaxonomy(project, doing, noting);
    const moves = Map.groupBy(made.moves, ({ from, to }) => JSON.stringify([from, to]));
    return {
      taxonomy: made.taxonomy,
      moves: [...moves.values()].map((all) => ({
        ...{ from: all[0]?.from ?? '', to: all[0]?.to ?? '', labels: all.length },
      })),
      redefined: [...redefined(before, made.taxonomy)],
      activity: isPreview ? null : doing.id,
    };
  }
}
