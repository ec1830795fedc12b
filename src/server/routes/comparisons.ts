import { readBuilt } from '../../platform/package-file.ts';
import { fillTemplate } from '../../platform/report-template.ts';
import { changeReport } from '../../report/report.ts';
import { type StoredComparison, WORK_STATES } from '../../store/workspace/workspace.ts';
import { printableJson } from '../../text/printable.ts';
import { comparisonChoices } from '../comparisons/choices.ts';
import { type ComparisonSides, comparisonSides } from '../comparisons/sides.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { traceFilter } from './trace-filter.ts';

const params = z.object({ id: z.string().min(1).max(100) });
const time = z.iso.datetime().nullable();
const text = z.string().max(500).optional();

const comparisonSchema = z
  .object({
    id: z.string(),
    created: z.iso.datetime(),
    by: z
      .string()
      .describe("who asked for it: id of a key or person; '' for nobody: a new version began it"),
    sides: comparisonSides,
    state: z.enum(WORK_STATES),
    progress: orNull(
      z.object({ step: z.string(), done: z.number(), total: z.number().nullable() }),
    ).describe('while it runs'),
    ...{ started: time, ended: time },
    headline: orNull(z.unknown()).describe('what changed, as a sentence with slots'),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .openapi('Comparison');

const one = json(comparisonSchema, 'the comparison');

const list = route('read', {
  method: 'get',
  path: '/comparisons',
  summary: 'Comparisons of stored traces, newest first',
  responses: {
    200: json(
      z.object({ items: z.array(comparisonSchema) }),
      'the last twenty that people asked for, and the last twenty that new versions began',
    ),
  },
});

const create = route('write', {
  method: 'post',
  path: '/comparisons',
  summary: 'Compare two versions, releases or times, as `culprit diff` compares files',
  request: {
    body: { required: true, content: { 'application/json': { schema: comparisonSides } } },
  },
  responses: { 201: one },
});

const values = z
  .array(
    z.object({
      value: z.string(),
      traces: z.number(),
      ...{ first: z.iso.datetime(), last: z.iso.datetime() },
    }),
  )
  .describe('the last to appear first; 100 at most');

const pair = z.array(z.string()).describe('before and after');

const choices = route('read', {
  method: 'get',
  path: '/comparisons/choices',
  summary: 'What can be compared: versions, releases, environments, tenants',
  request: { query: z.object({ environment: text, tenant: text }) },
  responses: {
    200: json(
      z
        .object({
          ...{ promptVersions: values, releases: values },
          environments: z.array(z.string()),
          tenants: z.array(z.string()),
          usual: z
            .object({ promptVersion: orNull(pair), release: orNull(pair), time: pair })
            .describe('the newest and the one before; the last seven days and the seven before'),
        })
        .openapi('ComparisonChoices'),
      'the choices',
    ),
  },
});

const get = route('read', {
  method: 'get',
  path: '/comparisons/{id}',
  summary: 'A comparison: what it compares, and where it stands',
  request: { params },
  responses: { 200: one },
});

const cancel = route('write', {
  method: 'post',
  path: '/comparisons/{id}/cancel',
  summary: 'Stop a comparison that waits or runs',
  request: { params },
  responses: { 200: one },
});

const result = route('read', {
  method: 'get',
  path: '/comparisons/{id}/result',
  summary:
    'Everything that the page of a comparison shows, with the prompts and tools that changed',
  request: { params },
  responses: { 200: json(z.unknown(), 'the data of the page') },
});

const record = route('read', {
  method: 'get',
  path: '/comparisons/{id}/json',
  summary: 'The comparison as `culprit diff --json` prints it',
  request: { params },
  responses: { 200: json(z.unknown(), 'docs/diff.md') },
});

const report = route('read', {
  method: 'get',
  path: '/comparisons/{id}/report',
  summary: 'The comparison as one HTML page',
  request: { params },
  responses: {
    200: {
      description: 'the page of `culprit diff`',
      content: { 'text/html': { schema: z.string() } },
    },
  },
});

export function comparisonRoutes({ comparisons, store, workspace, clock }: ServerContext): Api {
  const api = newApi();

  const found = async (project: string, id: string): Promise<StoredComparison> => {
    const comparison = await workspace.comparison(project, id);
    if (comparison !== null) return comparison;
    throw new RequestError({
      status: 404,
      code: 'no_such_comparison',
      detail: `the project ${project} keeps no comparison ${id}: make it anew`,
    });
  };
  const resultOf = async (project: string, id: string) => {
    const { state } = await found(project, id);
    const kept = await comparisons.result(project, id);
    if (kept !== null) return kept;
    throw new RequestError({
      status: 409,
      code: 'no_result',
      detail: `the comparison ${id} is ${state}: it has no result`,
    });
  };

  api.openapi(list, async (c) => {
    const items = await workspace.comparisons(c.var.access.project);
    return c.json({ items: items.map(shown) }, 200);
  });

  api.openapi(create, async (c) => {
    const { project, by } = c.var.access;
    return c.json(shown(await comparisons.create(project, by, c.req.valid('json'))), 201);
  });

  api.openapi(choices, async (c) => {
    const filter = traceFilter(c.var.access.project, c.req.valid('query'));
    const { promptVersions, releases, environments, tenants, usual } = await comparisonChoices(
      store,
      filter,
      clock(),
    );
    const timed = (all: typeof releases) =>
      all.map(({ value, traces, first, last }) => ({
        ...{ value, traces: Math.round(traces) },
        ...{ first: iso(first), last: iso(last) },
      }));
    return c.json(
      {
        ...{ promptVersions: timed(promptVersions), releases: timed(releases) },
        ...{ environments: [...environments], tenants: [...tenants] },
        usual: {
          promptVersion: usual.promptVersion && [...usual.promptVersion],
          release: usual.release && [...usual.release],
          time: [...usual.time],
        },
      },
      200,
    );
  });

  api.openapi(get, async (c) =>
    c.json(shown(await found(c.var.access.project, c.req.valid('param').id)), 200),
  );

  api.openapi(cancel, async (c) => {
    const { project } = c.var.access;
    const { id, state } = await found(project, c.req.valid('param').id);
    if (!(await comparisons.cancel(project, id)))
      throw new RequestError({
        status: 409,
        code: 'comparison_ended',
        detail: `the comparison ${id} has ended already (${state})`,
      });
    return c.json(shown(await found(project, id)), 200);
  });

  api.openapi(result, async (c) => {
    const { definitions, ...both } = await resultOf(c.var.access.project, c.req.valid('param').id);
    const body = JSON.stringify({ ...changeReport(both), definitions });
    return c.body(body, 200, JSON_TYPE) as never;
  });

  api.openapi(record, async (c) => {
    const { diff } = await resultOf(c.var.access.project, c.req.valid('param').id);
    return c.body(`${printableJson(diff)}\n`, 200, JSON_TYPE) as never;
  });

  api.openapi(report, async (c) => {
    const { diff, report: data } = await resultOf(c.var.access.project, c.req.valid('param').id);
    const page = changeReport({ diff, report: data });
    return c.html(fillTemplate(await readBuilt('web/change.html'), page), 200);
  });

  return api;
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const iso = (at: number): string => new Date(at).toISOString();

const shown = ({ project: _, sides, headline, ...same }: StoredComparison) => ({
  ...same,
  sides: sides as unknown as ComparisonSides,
  headline: headline as unknown,
  created: iso(same.created),
  started: same.started === null ? null : iso(same.started),
  ended: same.ended === null ? null : iso(same.ended),
});
