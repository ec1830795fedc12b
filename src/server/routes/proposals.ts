import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { sessionSchema } from '../sessions/session-schemas.ts';
import { shownSession } from '../sessions/shown-session.ts';
import { type Api, json, newApi, route } from './api-group.ts';
import { activity, shownActivity } from './decisions.ts';

const share = z.number().describe('of the failures that were looked at');

const proposal = z
  .object({
    id: z.string().describe('the same for the same change of the same causes'),
    kind: z.enum(['new', 'split', 'merge']),
    causes: z.array(z.string()).describe('that it changes, the largest first'),
    failures: z.number().describe('failed traces that it is about, estimated'),
    of: z.number().describe('failed traces that were looked at'),
    parts: z
      .array(
        z.object({
          id: z.string(),
          title: z.string(),
          own: z.number().int().describe('its failures in the sample'),
          shared: z.number().int().describe('of them those that speak for it'),
          failures: z.number().describe('failed traces that these stand for'),
          condition: z.string().nullable().describe('what its failures share'),
          returns: z
            .number()
            .nullable()
            .describe('share of resamples in which it was found again; null: a detector names it'),
          exemplars: z.array(z.object({ traceId: z.string(), quote: z.string() })),
        }),
      )
      .describe('what it rests on: clusters, or of a merge the causes'),
    effects: z
      .array(z.object({ id: z.string(), title: z.string(), before: share, after: share }))
      .describe('what becomes of the shares'),
  })
  .openapi('Proposal');

const list = route('read', {
  method: 'get',
  path: '/proposals',
  summary: 'Changes of the causes that the last re-clustering gives reason for; nobody has decided',
  responses: {
    200: json(
      z.object({
        session: z.string().nullable().describe('the re-clustering; null before the first'),
        at: z.iso.datetime().nullable(),
        settled: z
          .number()
          .int()
          .describe('causes that people have accepted; with none, there is nothing to compare'),
        items: z.array(proposal),
      }),
      'the most failures first',
    ),
  },
});

const search = route('write', {
  method: 'post',
  path: '/proposals/search',
  summary: 'Cluster the failures of the last 30 days anew, as a session, and compare',
  responses: { 201: json(sessionSchema, 'proposals are there when it is done') },
});

const decide = {
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: z.strictObject({ id: z.string().max(2_000) }) } },
    },
  },
  responses: { 200: json(activity, 'the line of the activity log; it can be undone') },
} as const;

const accept = route('write', {
  method: 'post',
  path: '/proposals/accept',
  summary: 'Do what a proposal says; causes follow with the analysis that begins',
  ...decide,
});

const reject = route('write', {
  method: 'post',
  path: '/proposals/reject',
  summary: 'Reject a proposal; it comes back once it is about twice as many failures',
  ...decide,
});

export function proposalRoutes({ proposals }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const { session, at, settled, items } = await proposals.open(c.var.access.project);
    return c.json(
      {
        ...{ session, at: at === null ? null : new Date(at).toISOString(), settled },
        items: items.map(({ changes: _, ...item }) => item),
      } as never,
      200,
    );
  });
  api.openapi(search, async (c) => {
    const { project, by } = c.var.access;
    return c.json(shownSession(await proposals.search(project, by)), 201);
  });
  api.openapi(accept, async (c) => {
    const { id } = c.req.valid('json');
    const line = await proposals.accept(c.var.access, id);
    if (line === null) throw noProposal(id);
    return c.json(shownActivity(line), 200);
  });
  api.openapi(reject, async (c) => {
    const { id } = c.req.valid('json');
    const line = await proposals.reject(c.var.access, id);
    if (line === null) throw noProposal(id);
    return c.json(shownActivity(line), 200);
  });
  return api;
}

const noProposal = (id: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'no_such_proposal',
    detail: `there is no open proposal ${id.slice(0, 100)}: somebody has decided on it, or there was another re-clustering; ask for the list again`,
  });
