import type { Activity, CauseState, FixedIn } from '../../contract/decision.ts';
import { breakdownSchema } from '../../contract/traffic.ts';
import { changePointSchema, releaseSchema, segmentSchema } from '../../contract/trend.ts';
import { decisionsOf } from '../../decide/decide.ts';
import { windowFilter } from '../analysis/rolling-window.ts';
import { causeRules } from '../cause-rules.ts';
import { causeProof } from '../causes/cause-proof.ts';
import { causeOccurrence } from '../causes/cause-trend.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { traceFilter } from './trace-filter.ts';

const params = z.object({ id: z.string().min(1).max(100) });
const number = z.number();
const interval = z.tuple([number, number]).readonly();

const trend = route('read', {
  method: 'get',
  path: '/causes/{id}/trend',
  summary:
    'Where and when traces fail by a cause: by version, tenant and day, as people have decided',
  request: {
    params,
    query: z.object({
      environment: z.string().max(500).optional(),
      tenant: z.string().max(500).optional(),
    }),
  },
  responses: {
    200: json(
      z
        .object({
          failures: number,
          traces: number.describe('that could have failed by it'),
          breakdowns: z
            .array(breakdownSchema)
            .readonly()
            .describe('by version and tenant; of those with two values or more'),
          trend: z.object({
            days: z
              .array(
                z
                  .object({
                    start: number.describe(
                      'epoch milliseconds; days in UTC, without gaps, 90 at most',
                    ),
                    ...{ traces: number, failures: number },
                    ratePerThousand: number.nullable(),
                    rateInterval: interval.nullable().describe('95%'),
                  })
                  .readonly(),
              )
              .readonly(),
            releases: z
              .array(releaseSchema)
              .readonly()
              .describe('deploys, and versions that came without one'),
            segments: z.array(segmentSchema).readonly(),
            changePoints: z.array(changePointSchema).readonly().nullable(),
          }),
        })
        .openapi('CauseOccurrence'),
      'of the traces that the latest analysis looked at',
    ),
  },
});

const fixedIn = z
  .object({
    version: z.enum(['release', 'promptVersion', 'model']),
    value: z.string(),
    environment: z.string(),
    at: number,
  })
  .openapi('FixedIn');

const side = z.object({
  ...{ events: number, exposures: number },
  rate: number.describe('per 1,000 traces'),
  interval,
});

const fix = route('read', {
  method: 'get',
  path: '/causes/{id}/fix',
  summary: 'What became of a cause, and whether its fix holds',
  request: { params },
  responses: {
    200: json(
      z
        .object({
          states: z
            .array(
              z.object({
                at: z.iso.datetime(),
                by: z.string(),
                state: z.enum(['new', 'confirmed', 'fixing', 'fixed', 'regressed', 'muted']),
                fixedIn: orNull(fixedIn),
              }),
            )
            .describe('the first first; without those that were undone'),
          fixedIn: orNull(fixedIn).describe('null where nobody has said what has the fix'),
          proof: orNull(
            z.object({
              state: z.enum(['proved', 'open', 'regressed', 'no rate before']),
              before: side.describe('in the 30 days before, without the fix'),
              after: side.describe(
                'since then, with the fix; the interval holds at all looks together',
              ),
              target: number.describe('a third of the rate before, per 1,000'),
              needed: number
                .nullable()
                .describe('more traces without a failure that prove it; 0 when it is proved'),
            }),
          ),
        })
        .openapi('CauseFix'),
      'the states, and the proof',
    ),
  },
});

export function causeHistoryRoutes(context: ServerContext): Api {
  const { store, workspace, clock } = context;
  const api = newApi();

  api.openapi(trend, async (c) => {
    const { project } = c.var.access;
    const decisions = decisionsOf(await workspace.decisions(project));
    const id = decisions.survivor(c.req.valid('param').id);
    const window = (await workspace.latestSummary(project)) ?? { at: clock(), from: null };
    const filter = {
      ...windowFilter(project, window),
      ...traceFilter(project, c.req.valid('query')),
      cause: id,
      rules: await causeRules(context, project, decisions),
    };
    return c.json(await causeOccurrence(store, filter, await workspace.deploys(project)), 200);
  });

  api.openapi(fix, async (c) => {
    const { project } = c.var.access;
    const decisions = decisionsOf(await workspace.decisions(project));
    const id = decisions.survivor(c.req.valid('param').id);
    const bound = decisions.causes.get(id)?.fixedIn ?? null;
    const log = await workspace.activity(project, { limit: MOST_STATES, subject: id });
    const proof =
      bound === null
        ? null
        : await causeProof(
            store,
            project,
            { id, rules: await causeRules(context, project, decisions) },
            bound,
          );
    return c.json({ states: statesIn(log, id), fixedIn: bound, proof: shownProof(proof) }, 200);
  });

  return api;
}

const MOST_STATES = 500;

function statesIn(log: readonly Activity[], cause: string) {
  return log
    .toReversed()
    .filter(({ undoes, undoneBy }) => undoes === null && undoneBy === null)
    .flatMap(({ at, by, changes }) => {
      const own = changes.filter(({ subject }) => subject === cause);
      const state = own.find(({ field }) => field === 'state')?.after as CauseState | null;
      if (state == null) return [];
      const bound = own.find(({ field }) => field === 'fixedIn')?.after ?? null;
      return [
        { at: new Date(at).toISOString(), by, state, fixedIn: bound as unknown as FixedIn | null },
      ];
    });
}

const shownProof = (proof: Awaited<ReturnType<typeof causeProof>> | null) =>
  proof && { ...proof, before: { ...proof.before }, after: { ...proof.after } };
