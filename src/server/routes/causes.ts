import { clusterSchema } from '../../contract/cluster.ts';
import { readBuilt } from '../../platform/package-file.ts';
import { fillTemplate } from '../../platform/report-template.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';
import { failuresByCause } from './failures-by-cause.ts';
import { traceFilter } from './trace-filter.ts';

const cluster = named('Cluster', clusterSchema);

const analysis = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    traces: z.number().describe('traces of the last 30 days; all where the last 30 days have none'),
    failed: z.number(),
  })
  .openapi('AnalysisSummary');

const valueCounts = z.array(z.object({ value: z.string(), failures: z.number() }));

const failures = z
  .object({
    total: z.number().describe('failures of the filter; together those of the causes'),
    days: z
      .array(z.iso.date())
      .describe('of `byDay`: without gaps, up to the last with a failure, 90 at most; UTC'),
    causes: z
      .array(
        z.object({
          cause: z
            .string()
            .nullable()
            .describe(
              'id; null for failures that belong to no cause, or that wait for an analysis',
            ),
          failures: z.number(),
          byDay: z.array(z.number()).describe('one for each of `days`'),
          byPromptVersion: valueCounts.describe("most failures first, 20 at most; '' not recorded"),
          byTenant: valueCounts.describe("most failures first, 20 at most; '' not recorded"),
        }),
      )
      .describe('most failures first'),
  })
  .openapi('FailuresByCause');

const text = z.string().max(500).optional();

const causes = route('read', {
  method: 'get',
  path: '/causes',
  summary: 'Root causes of recent failures, in order of rank, and all stored failures by cause',
  request: {
    query: z.object({
      from: z.iso.datetime().optional().describe('of the failures: start of the trace, inclusive'),
      to: z.iso.datetime().optional().describe('exclusive'),
      ...{ tenant: text, environment: text, release: text, promptVersion: text, model: text },
    }),
  },
  responses: {
    200: json(
      z.object({
        analysis: orNull(analysis).describe('null before the first analysis'),
        isRunning: z.boolean(),
        causes: z.array(cluster).describe('`clusters` of the output of `culprit analyze --json`'),
        failures,
      }),
      'the causes of the latest analysis',
    ),
  },
});

const run = route('write', {
  method: 'post',
  path: '/analyses',
  summary: 'Analyze anew; answers when it is done',
  responses: { 200: json(analysis, 'the new analysis') },
});

const report = route('read', {
  method: 'get',
  path: '/report',
  summary: 'The report page of the latest analysis, with all its screens',
  responses: {
    200: { description: 'the page', content: { 'text/html': { schema: z.string() } } },
  },
});

export function causeRoutes({ analyses, store }: ServerContext): Api {
  const api = newApi();

  api.openapi(causes, async (c) => {
    const { project } = c.var.access;
    const [latest, counted] = await Promise.all([
      analyses.latest(project),
      failuresByCause(store, traceFilter(project, c.req.valid('query'))),
    ]);
    return c.json(
      {
        analysis: latest === null ? null : summaryOf(latest),
        isRunning: analyses.isRunning(project),
        causes: latest === null ? [] : [...latest.report.analysis.clusters],
        failures: counted,
      },
      200,
    );
  });

  api.openapi(run, async (c) => {
    const { project } = c.var.access;
    if ((await store.count({ project })) === 0) throw nothingYet(project);
    return c.json(summaryOf(await analyses.run(project)), 200);
  });

  api.openapi(report, async (c) => {
    const { project } = c.var.access;
    const latest = await analyses.latest(project);
    if (latest === null) throw nothingYet(project);
    return c.html(fillTemplate(await readBuilt('web/report.html'), latest.report), 200);
  });

  return api;
}

const nothingYet = (project: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'nothing_analyzed',
    detail: `nothing was analyzed in the project ${project} yet: send traces, then POST /api/v1/analyses`,
  });

const summaryOf = (given: {
  readonly id: string;
  readonly at: number;
  readonly traces: number;
  readonly failed: number;
}) => ({
  id: given.id,
  at: new Date(given.at).toISOString(),
  traces: given.traces,
  failed: given.failed,
});
