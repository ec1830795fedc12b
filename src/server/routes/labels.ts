import { type Label, labelFieldsSchema } from '../../contract/person-label.ts';
import type { AnswerResult } from '../../store/workspace/workspace.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';
import { keepTaxonomy } from './taxonomies.ts';

const fields = labelFieldsSchema.unwrap().shape;

export const label = z
  .object({
    id: z.string(),
    kind: z.enum(['trace', 'cause']),
    subject: z.string().describe('id of the trace or the cause'),
    person: z.string(),
    triage: fields.triage,
    category: z.string().nullable(),
    note: z.string(),
    codes: z.array(z.object({ code: z.string(), quote: z.string(), place: z.string() })),
    proposal: z.enum(['accepted', 'edited', 'rejected']).nullable(),
    milliseconds: z.number().nullable(),
    taxonomy: z.number().describe('version that the category was chosen from'),
    at: z.iso.datetime(),
    queue: z.string().nullable(),
    item: z.string().nullable(),
    settles: z.boolean().describe('whether it settles what others disagreed about'),
  })
  .openapi('Label');

const list = route('read', {
  method: 'get',
  path: '/labels',
  summary:
    'Labels, newest first; those of others on blind items only once these have all their answers',
  request: {
    query: z.object({
      limit: z.coerce.number().int().min(1).max(10_000).default(1000),
      queue: z.string().max(100).optional(),
      item: z.string().max(100).optional(),
      subject: z.string().max(500).optional(),
      category: z.string().max(80).optional(),
    }),
  },
  responses: { 200: json(z.object({ items: z.array(label) }), 'the labels') },
});

const give = route('annotate', {
  method: 'post',
  path: '/labels',
  summary: 'Label a trace or a cause outside of queues; a second label replaces the first',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            kind: z.enum(['trace', 'cause']),
            subject: z.string().min(1).max(500),
            label: labelFieldsSchema,
          }),
        },
      },
    },
  },
  responses: { 200: json(z.object({ label, activity: z.string() }), 'the label') },
});

export function labelRoutes(context: ServerContext): Api {
  const { workspace, clock, newId, routing } = context;
  const api = newApi();

  api.openapi(list, async (c) => {
    const { project, by: person } = c.var.access;
    const given = Object.entries(c.req.valid('query')).filter(([, value]) => value !== undefined);
    const asked = { ...Object.fromEntries(given), person };
    const labels = await workspace.annotation.labels(project, asked);
    return c.json({ items: labels.map(shownLabel) }, 200);
  });

  api.openapi(give, async (c) => {
    const { project, by } = c.var.access;
    const { kind, subject, label: said } = c.req.valid('json');
    const doing = { id: newId(), at: clock(), by, label: newId() };
    await keepTaxonomy(context, project);
    const result = await workspace.annotation.label(project, {
      ...doing,
      fields: { ...said, kind, subject },
    });
    const made = given(result);
    if (kind === 'trace') await routing.labeled(project, subject);
    return c.json({ label: shownLabel(made), activity: doing.id }, 200);
  });

  return api;
}

export const shownLabel = ({ at, codes, ...given }: Label): z.infer<typeof label> => ({
  ...given,
  codes: [...codes],
  at: new Date(at).toISOString(),
});

/** The label that was given. */
export function given(result: AnswerResult): Label {
  switch (result.kind) {
    case 'done':
      return result.label;
    case 'taken':
      throw new RequestError({
        status: 409,
        code: 'not_wanted',
        detail:
          'no answer of yours is wanted here: you gave one, others gave or reserved the rest, or the queue is closed; take the next item',
      });
    case 'no such category':
      throw new RequestError({
        status: 409,
        code: 'no_such_category',
        detail: 'the taxonomy has no such category by now: reload it and choose another',
      });
  }
}
