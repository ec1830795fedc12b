import { WORK_STATES } from '../../store/workspace/workspace.ts';
import { z } from '../packages.ts';
import { orNull } from '../routes/api-group.ts';

/** What traces can be drawn by, and what they can be counted by. */
export const FACETS = [
  ...(['promptVersion', 'tenant', 'release', 'model', 'environment', 'source', 'status'] as const),
] as const;

const text = z.string().max(500).optional();

const draw = z
  .strictObject({
    most: z.int().min(1).max(10_000_000).describe('traces at most, of each value of `by`'),
    by: z.enum(FACETS).nullable().default(null).describe('null: from all traces together'),
  })
  .describe('a random draw of the traces that the rest selects, by the seed of the options');

/** Which traces a session looks at; everything given must hold. */
export const sessionFilter = z
  .strictObject({
    from: z.iso.datetime().optional().describe('start of the trace, inclusive'),
    to: z.iso.datetime().optional().describe('exclusive; a session without it ends now'),
    failed: z.boolean().optional(),
    status: z.enum(['ok', 'error', 'unset']).optional(),
    signal: z.string().max(200).optional().describe('a detector that found something'),
    score: z
      .strictObject({
        name: z.string().min(1).max(200),
        atLeast: z.number().optional(),
        below: z.number().optional(),
      })
      .optional()
      .describe('a score of that name, with a value in [atLeast, below)'),
    words: text.describe('all of these words are in the output'),
    cause: z.string().max(100).optional().describe('failures of this cause; `none`: of no cause'),
    ...{ tenant: text, user: text, session: text, environment: text, release: text },
    ...{ promptName: text, promptVersion: text, model: text },
    draw: draw.optional(),
    isAlone: z
      .boolean()
      .optional()
      .describe('with a tenant: the result names no place in a file, which tells of others'),
  })
  .refine(({ isAlone, tenant }) => isAlone !== true || tenant !== undefined, {
    path: ['isAlone'],
    message: 'name the tenant',
  })
  .openapi('SessionFilter');

export type SessionFilter = z.infer<typeof sessionFilter>;

const agenda = z
  .array(
    z.strictObject({
      text: z.string().trim().min(1).max(500),
      isDone: z.boolean(),
      link: z
        .string()
        .regex(/^\/(?![/\\])/, 'the path of a page below that of the project, such as `/label`')
        .max(1000)
        .optional(),
    }),
  )
  .max(200);

const people = z.array(z.string().trim().min(1).max(200)).max(100);

/** What people change while they work. */
export const sessionNotes = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  agenda: agenda.optional(),
  people: people.optional(),
  notes: z.string().max(100_000).optional(),
  addMinutes: z.int().min(0).max(1440).optional().describe('added to the time spent'),
});

/** Options of `culprit analyze`, which checks them. */
const options = z
  .record(z.string(), z.unknown())
  .describe('options of `analyze` by their names in docs/api.md; what is left out has its default');

export const newSession = z
  .strictObject({
    name: z.string().trim().max(200).default('').describe("''; the date and time"),
    filter: sessionFilter.default({}),
    options: options.default({}),
    agenda: agenda.default([]),
    people: people.default([]),
    notes: z.string().max(100_000).default(''),
  })
  .openapi('NewSession', {
    example: {
      name: 'Timeouts of v17',
      filter: { promptVersion: 'v17', draw: { most: 500, by: 'tenant' } },
      options: { seed: 7, granularity: 'coarse' },
    },
  });

/** What is another than in the session that is run again; its open items of the agenda come along. */
export const rerunSession = z.strictObject({
  name: z.string().trim().max(200).default(''),
  options: options.default({}).describe('replace those of the same name'),
});

const time = z.iso.datetime().nullable();
const count = z.number().nullable();

export const sessionSchema = z
  .object({
    id: z.string().describe('`rolling`: the analysis of the last weeks that the server keeps'),
    name: z.string(),
    created: z.iso.datetime(),
    by: z.string().describe("who made it: id of a key or person, '' for anybody"),
    parent: z.string().nullable().describe('the session that it was made from'),
    filter: z.record(z.string(), z.unknown()).describe('as given, with its end'),
    options: z.record(z.string(), z.unknown()).describe('of the analysis, with the defaults'),
    agenda: z.array(
      z.object({ text: z.string(), isDone: z.boolean(), link: z.string().optional() }),
    ),
    people: z.array(z.string()),
    minutes: z.number().describe('time spent'),
    notes: z.string(),
    state: z.enum(WORK_STATES),
    progress: orNull(
      z.object({
        step: z.string(),
        done: z.number(),
        total: z.number().nullable().describe('null while unknown'),
      }),
    ).describe('while it runs'),
    ...{ started: time, ended: time },
    traces: count.describe('that it looked at; null until it is done'),
    failed: count,
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .openapi('Session');

export type ShownSession = z.infer<typeof sessionSchema>;
