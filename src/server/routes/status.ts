import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { coverage } from '../sources/coverage.ts';
import { projectState, type SourceState, STATE_RULE } from '../sources/source-state.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { mixedVersions } from './mixed-versions.ts';
import { sourceStateSchema } from './sources.ts';

const status = z
  .object({
    version: z.string(),
    store: z.enum(['starting', 'ready', 'away', 'closed']),
    full: orNull(z.string()).describe(
      'why nothing more can be stored: the disk has under 64 MiB free; null where it has more, and where the store is a server elsewhere',
    ),
    since: z.iso.datetime().describe('start of this process, from which on it counts'),
    received: z.number().describe('records accepted'),
    rejected: z.record(z.string(), z.number()).describe('records not taken, by reason'),
    openTraces: z.number().describe('traces that are still arriving'),
    backlog: z
      .object({
        traces: z.number(),
        seconds: z.number().describe('how long the oldest of them has waited'),
      })
      .describe('traces that rest, are stored, and are not assembled and judged yet'),
    finished: z.number().describe('traces assembled and judged'),
    superseded: z.number().describe('of them, again because something arrived late'),
    broken: z.number().describe('traces that could not be assembled'),
    funnel: z
      .object({
        stored: z.number(),
        traces: z.number(),
        eligible: z.number(),
        failed: z.number(),
        signaled: z.number(),
      })
      .describe(
        'of this project the traces that are stored, and of the traffic that they stand for all traces, those that can be judged, that failed, and with a reason',
      ),
    mixed: mixedVersions,
    labelModel: z
      .string()
      .nullable()
      .describe(
        "model and address that people may ask about causes; null where the operator's file names none",
      ),
    coverage: z
      .array(
        z.object({
          name: z.string(),
          unit: z.enum(['records', 'traces']),
          count: z.number(),
          dropped: z.array(z.object({ reason: z.string(), count: z.number() })),
        }),
      )
      .describe(
        'from the first byte to a cause, with the reason of every drop: records and what never became a trace are those of all projects since the process began, the rest is of this project',
      ),
    sources: z
      .object({
        state: sourceStateSchema,
        receiving: z.number(),
        stopped: z.number(),
        no_data: z.number(),
        rule: z.string(),
      })
      .describe('sources of this project by state; `/sources` lists them'),
  })
  .openapi('Status');

const get = route('read', {
  method: 'get',
  path: '/status',
  summary: 'What the server has received, what became of it, and why anything was dropped',
  responses: { 200: json(status, 'the state now') },
});

export function statusRoutes(context: ServerContext): Api {
  const api = newApi();
  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const { received, rejected } = context.metrics.totals();
    const { openTraces, backlog, finished, superseded, broken, spanless } = context.progress();
    const [{ suspects, ...funnel }, views, analyzed, mixed, full] = await Promise.all([
      context.store.funnel({ project }),
      context.sources.of(project),
      context.analyses.funnel(project),
      context.backfills.mixed(project),
      context.diskFull(),
    ]);
    const states = views.map(({ state }) => state);
    const having = (state: SourceState): number => states.filter((each) => each === state).length;
    return c.json(
      {
        version: context.version,
        ...{ store: context.store.status().state, full },
        since: new Date(context.since).toISOString(),
        backlog: { traces: backlog.traces, seconds: Math.round(backlog.age / 100) / 10 },
        ...{ received, rejected, openTraces, finished, superseded, broken, funnel, mixed },
        labelModel: context.narratives.model,
        coverage: coverage({
          ...{ received, rejected, openTraces, broken, spanless, analyzed },
          funnel: { ...funnel, suspects },
        }).map((each) => ({ ...each, dropped: [...each.dropped] })),
        sources: {
          state: projectState(states),
          receiving: having('receiving'),
          stopped: having('stopped'),
          no_data: having('no_data'),
          rule: STATE_RULE,
        },
      },
      200,
    );
  });
  return api;
}
