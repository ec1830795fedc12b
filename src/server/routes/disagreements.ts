import { labelFieldsSchema } from '../../contract/person-label.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { given, label, shownLabel } from './labels.ts';
import { invalid, item, shownQueues } from './shown-queues.ts';
import { keepTaxonomy } from './taxonomies.ts';

const byId = { params: z.object({ id: z.string().max(100) }) };

const settle = route('write', {
  method: 'post',
  path: '/items/{id}/settle',
  summary: 'Settle what people disagree about; the note is the reason',
  request: {
    ...byId,
    body: { required: true, content: { 'application/json': { schema: labelFieldsSchema } } },
  },
  responses: { 200: json(z.object({ label, activity: z.string() }), 'what holds') },
});

const disagreements = route('read', {
  method: 'get',
  path: '/queues/{id}/disagreements',
  summary: 'Items that people with all their answers given disagree about; names are hidden',
  request: byId,
  responses: {
    200: json(
      z.object({
        items: z.array(
          z.object({
            item,
            answers: z.array(
              z.object({
                name: z.string().describe('`A`, `B`, …, in an order of the item'),
                triage: labelFieldsSchema.unwrap().shape.triage,
                category: z.string().nullable(),
                note: z.string(),
              }),
            ),
            settled: orNull(label),
          }),
        ),
      }),
      'open ones first',
    ),
  },
});

const SHOWN_DISAGREEMENTS = 100;

export function disagreementRoutes(context: ServerContext): Api {
  const { workspace, clock, newId } = context;
  const { queueOf, itemOf, shownItems } = shownQueues(context);
  const api = newApi();

  api.openapi(settle, async (c) => {
    const { project, by } = c.var.access;
    const { id } = c.req.valid('param');
    const fields = c.req.valid('json');
    await itemOf(project, id);
    if (fields.note.trim() === '') throw invalid('note: say why, for those who disagreed');
    const doing = { id: newId(), at: clock(), by, label: newId() };
    await keepTaxonomy(context, project);
    const result = await workspace.annotation.settle(project, id, { ...doing, fields });
    return c.json({ label: shownLabel(given(result)), activity: doing.id }, 200);
  });

  api.openapi(disagreements, async (c) => {
    const { project, by: person } = c.var.access;
    const found = await queueOf(project, c.req.valid('param').id);
    const [done, labels] = await Promise.all([
      workspace.annotation.doneItems(project, found.id),
      workspace.annotation.labels(project, { person, queue: found.id }),
    ]);
    const byItem = Map.groupBy(labels, (each) => each.item);
    const open = done
      .flatMap((each) => {
        const all = byItem.get(each.id) ?? [];
        // In the order of ids, which is random: A is not who answered first.
        const answers = all
          .filter(({ settles }) => !settles)
          .toSorted((a, b) => (a.id < b.id ? -1 : 1));
        const kinds = new Set(answers.map((one) => `${one.triage} ${one.category}`));
        if (kinds.size < 2) return [];
        return [{ each, answers, settled: all.find(({ settles }) => settles) ?? null }];
      })
      .toSorted((a, b) => Number(a.settled !== null) - Number(b.settled !== null))
      .slice(0, SHOWN_DISAGREEMENTS);
    const shown = await shownItems(
      project,
      found,
      open.map(({ each }) => each),
      person,
    );
    return c.json(
      {
        items: open.flatMap(({ answers, settled }, at) => {
          const one = shown[at];
          if (one === undefined) return [];
          return [
            {
              item: one,
              answers: answers.map(({ triage, category, note }, place) => ({
                ...{ name: String.fromCharCode(65 + place), triage, category, note },
              })),
              settled: settled === null ? null : shownLabel(settled),
            },
          ];
        }),
      },
      200,
    );
  });

  return api;
}
