import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import type { ShownRun } from '../suites/suites.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';

const run = z
  .object({
    id: z.string(),
    at: z.string().describe('when it began'),
    version: z.string().describe('the version that was tested, else the target'),
    baseline: orNull(z.string()).describe('what it was compared with; null for nothing'),
    isAa: z.boolean().describe('the target against itself'),
    verdict: orNull(z.string()).describe('null where it has not ended'),
    sentence: orNull(z.string()),
    causes: z.array(z.object({ id: z.string(), title: orNull(z.string()), verdict: z.string() })),
    by: orNull(z.string()).describe('who sent it; null for one beside the suites'),
  })
  .openapi('EvalRun');

const cell = z.object({
  passed: z.number(),
  cases: z.number(),
  rate: z.number(),
  cameBack: z.boolean(),
});

const history = z.object({
  runs: z.array(
    z.object({ id: z.string(), at: z.string(), version: z.string(), verdict: z.string() }),
  ),
  causes: z.array(
    z.object({
      cause: z.string(),
      title: orNull(z.string()),
      cells: z.array(orNull(cell)).readonly(),
    }),
  ),
  leftOut: z.object({ aa: z.number(), incomplete: z.number(), undecided: z.number() }),
});

const list = route('read', {
  method: 'get',
  path: '/runs',
  summary: 'Runs of the suites, newest first, and the guards of each cause over the last 30',
  responses: {
    200: json(
      z.object({ items: z.array(run), history }),
      'the last 100 beside the suites, and the last 200 that were sent',
    ),
  },
});

const get = route('read', {
  method: 'get',
  path: '/runs/{id}',
  summary: 'What the page of a run shows, and the run as Markdown for a pull request',
  request: { params: z.object({ id: z.string().min(1).max(200) }) },
  responses: {
    200: json(z.object({ report: z.unknown(), markdown: z.string() }), 'the run'),
  },
});

const file = z.strictObject({
  name: z
    .string()
    .regex(/^[^/\\]{1,250}\.(?:ya?ml|jsonl)$/, { error: 'must be a file name: *.yaml or *.jsonl' })
    .openapi({ example: 'refunds.yaml' }),
  text: z.string(),
});

const send = route('write', {
  method: 'post',
  path: '/runs',
  summary: 'Keep a run that `culprit eval` made elsewhere, as in CI',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({
            record: z.string().describe('the file of the run: JSON Lines'),
            suites: z.array(file).max(2_000).describe('its suites, with their payloads'),
          }),
        },
      },
    },
  },
  responses: { 201: json(z.object({ id: z.string(), verdict: orNull(z.string()) }), 'kept') },
});

export function runRoutes({ suites }: ServerContext): Api {
  const api = newApi();

  api.openapi(list, async (c) => {
    const { runs, history: over, titles } = await suites.runs(c.var.access.project);
    const items = runs.map((each) => shownRun(each, titles)).toReversed();
    return c.json(
      { items, history: { ...over, runs: [...over.runs], causes: [...over.causes] } },
      200,
    );
  });

  api.openapi(get, async (c) => {
    const { id } = c.req.valid('param');
    const found = await suites.run(c.var.access.project, id);
    if (found === null)
      throw new RequestError({
        status: 404,
        code: 'no_such_run',
        detail: `there is no run ${id.slice(0, 100)} that has ended`,
      });
    return c.json({ report: found.report as unknown, markdown: found.markdown }, 200);
  });

  api.openapi(send, async (c) => {
    const { record, suites: files } = c.req.valid('json');
    const { header, end } = await suites.add(c.var.access, { record, suites: files });
    return c.json({ id: header.id, verdict: end?.judgment.verdict ?? null }, 201);
  });

  return api;
}

function shownRun({ header, end, by }: ShownRun, titles: ReadonlyMap<string, string>) {
  const { id, createdAt, target, baseline, isAa } = header;
  const judgment = end?.judgment ?? null;
  return {
    ...{ id, at: createdAt, isAa, by },
    version: target.version ?? target.spec,
    baseline: baseline === null ? null : (baseline.version ?? baseline.spec),
    verdict: judgment?.verdict ?? null,
    sentence: judgment?.sentence ?? null,
    causes: (judgment?.causes ?? []).map(({ cause, verdict }) => ({
      ...{ id: cause, title: titles.get(cause) ?? null, verdict },
    })),
  };
}
