import { queueRuleSchema } from '../../contract/queue.ts';
import { decidedAnalysis, decisionsOf } from '../../decide/decide.ts';
import { storedCandidates } from '../annotation/candidates.ts';
import { CHOSEN, meets, rankReason, reasonsOf } from '../annotation/reasons.ts';
import { itemsOf } from '../annotation/routing.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { invalid, item, shownQueues } from './shown-queues.ts';
import { traceFilter } from './trace-filter.ts';
import { filterQuery } from './traces.ts';

const preview = route('read', {
  method: 'post',
  path: '/queues/preview',
  summary: 'What rules would have taken of the newest stored failures',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            rules: z.array(queueRuleSchema).min(1).max(20),
            last: z.int().min(1).max(1000).default(500).describe('failures looked at'),
          }),
        },
      },
    },
  },
  responses: {
    200: json(
      z.object({
        failures: z.number().describe('looked at'),
        since: orNull(z.iso.datetime()).describe('start of the oldest of them'),
        taken: z.number().describe('by any of the rules'),
        rules: z.array(z.number()).describe('taken by each rule, by itself'),
        items: z
          .array(z.object({ subject: z.string(), title: z.string(), reasons: item.shape.reasons }))
          .describe('the newest that they take'),
      }),
      'the counts, and some of the failures',
    ),
  },
});

const fill = route('write', {
  method: 'post',
  path: '/queues/{id}/items',
  summary:
    'Add traces or causes: those named, the newest stored traces of a filter, or of those what the rules of the queue take',
  request: {
    params: z.object({ id: z.string().max(100) }),
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            subjects: z.array(z.string().min(1).max(500)).max(5000).optional(),
            filter: filterQuery.optional(),
            byRules: z
              .boolean()
              .default(false)
              .describe(
                'of the filter (default: all failures), only what a rule of the queue takes',
              ),
            limit: z.int().min(1).max(1000).default(100).describe('traces of a filter looked at'),
          }),
        },
      },
    },
  },
  responses: {
    200: json(z.object({ added: z.number().describe('that were not there yet') }), 'how many'),
  },
});

const SHOWN = 5;
const TITLE = 200;

/** What goes into queues besides what arrives. */
export function queueFillingRoutes(context: ServerContext): Api {
  const { workspace, analyses, clock, newId } = context;
  const { queueOf } = shownQueues(context);
  const api = newApi();

  api.openapi(preview, async (c) => {
    const { project } = c.var.access;
    const { rules, last } = c.req.valid('json');
    const found = await storedCandidates(context, { project, failed: true }, last);
    const oldest = found.at(-1)?.row.start;
    const taken = found.filter((candidate) => rules.some((rule) => meets(candidate, rule)));
    return c.json(
      {
        failures: found.length,
        since: oldest === undefined ? null : new Date(oldest).toISOString(),
        taken: taken.length,
        rules: rules.map((rule) => found.filter((candidate) => meets(candidate, rule)).length),
        items: taken.slice(0, SHOWN).map((candidate) => {
          const { traceId: subject, input, name } = candidate.row;
          const by = rules.find((rule) => meets(candidate, rule));
          return {
            ...{ subject, title: (input || name || subject).slice(0, TITLE) },
            reasons: by === undefined ? [] : [...reasonsOf(candidate, by)],
          };
        }),
      },
      200,
    );
  });

  api.openapi(fill, async (c) => {
    const { project } = c.var.access;
    const { id } = c.req.valid('param');
    const { subjects = [], filter, byRules, limit } = c.req.valid('json');
    const { kind, rules } = await queueOf(project, id);
    if (subjects.length === 0 && filter === undefined && !byRules)
      throw invalid('subjects, filter, byRules: one of them says what to add');
    if ((filter !== undefined || byRules) && kind === 'causes')
      throw invalid('filter, byRules: they find traces; name the causes');
    if (byRules && rules.length === 0) throw invalid('byRules: the queue has no rule');
    const at = clock();
    const asked =
      filter === undefined && !byRules
        ? []
        : await storedCandidates(
            context,
            traceFilter(project, filter ?? { failed: 'true' }),
            limit,
          );
    const found = byRules
      ? itemsOf(asked, rules, { newId, at })
      : asked.map((candidate) => {
          const reasons = reasonsOf(candidate, { sample: 1 });
          const { traceId: subject } = candidate.row;
          return { id: newId(), subject, at, reasons: reasons.length === 0 ? [CHOSEN] : reasons };
        });
    const ranks = kind === 'causes' ? await ranksOf(project) : new Map<string, number>();
    const added = await workspace.annotation.addItems(project, id, [
      ...found,
      ...[...new Set(subjects)].map((subject) => {
        const rank = ranks.get(subject);
        return {
          ...{ id: newId(), subject, at },
          reasons: [rank === undefined ? CHOSEN : rankReason(rank)],
        };
      }),
    ]);
    return c.json({ added }, 200);
  });

  return api;

  /** Ranks of causes as people see them. */
  async function ranksOf(project: string): Promise<ReadonlyMap<string, number>> {
    const latest = await analyses.latest(project);
    if (latest === null) return new Map();
    const decisions = decisionsOf(await workspace.decisions(project));
    const { clusters } = decidedAnalysis(latest.report.analysis, decisions, null);
    return new Map(clusters.flatMap(({ id, rank }) => (rank === null ? [] : [[id, rank]])));
  }
}
