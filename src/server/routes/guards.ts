import { guardAnswerSchema, guardReportSchema } from '../../contract/guard.ts';
import { DEFAULT_GUARD } from '../guarding/guards.ts';
import { problemResponse } from '../http/problem.ts';
import { bodyLimit, z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, route } from './api-group.ts';

const run = z.looseObject({}).openapi('GuardedRun', {
  description:
    'a request or an answer: any record that `analyze` takes as a line; `failed: false` says that it is sound, for the rate of false alarms',
  example: { input: 'Where is my order?', output: 'It arrives on Friday.' },
});

const ask = route('ingest', {
  method: 'post',
  path: '/guard',
  summary: 'Ask whether to let a request or an answer through; nothing of it is stored',
  request: {
    query: z.object({
      guard: z
        .string()
        .max(64)
        .default(DEFAULT_GUARD)
        .describe(
          'name of a guard of the operator; `default`, unless the operator says otherwise: the starter rules, in shadow mode',
        ),
    }),
    body: { required: true, content: { 'application/json': { schema: run } } },
  },
  responses: { 200: json(named('GuardAnswer', guardAnswerSchema), 'what to do, and why') },
});

const list = route('read', {
  method: 'get',
  path: '/guards',
  summary: 'What each guard has found in the project since the server started',
  responses: {
    200: json(
      z.object({
        since: z.iso.datetime(),
        items: z.array(
          z
            .object({ name: z.string(), report: named('GuardReport', guardReportSchema) })
            .openapi('GuardUse'),
        ),
      }),
      'in order of their names',
    ),
  },
});

/** `POST /guard`, also under `/v1`. */
export function guardRoutes({ guards, metrics }: ServerContext): Api {
  const api = newApi();
  api.use('/guard', bodyLimit({ maxSize: BODY, onError: tooLarge }));
  api.openapi(ask, async (c) => {
    const since = performance.now();
    const answer = await guards.ask({
      project: c.var.access.project,
      guard: c.req.valid('query').guard,
      record: c.req.valid('json'),
    });
    metrics.answered('/v1/guard', 200, (performance.now() - since) / 1000);
    return c.json(answer, 200);
  });
  return api;
}

export function guardListRoutes({ guards, since }: ServerContext): Api {
  const api = newApi();
  api.openapi(list, async (c) => {
    const items = await guards.reports(c.var.access.project);
    return c.json({ since: new Date(since).toISOString(), items: [...items] }, 200);
  });
  return api;
}

/** More than a guard reads, in whatever way its characters are escaped. */
const BODY = 2 * 1024 * 1024;

const tooLarge = (): Response =>
  problemResponse({ status: 413, code: 'too_large', detail: 'the body is larger than 2 MiB' });
