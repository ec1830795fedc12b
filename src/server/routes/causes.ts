import { promisify } from 'node:util';
import { gzip, zstdDecompress } from 'node:zlib';
import { clusterSchema } from '../../contract/cluster.ts';
import { decidedAnalysis, decidedReport, decisionsOf } from '../../decide/decide.ts';
import { readBuilt } from '../../platform/package-file.ts';
import { fillTemplate } from '../../platform/report-template.ts';
import { ROLLING } from '../analysis/rolling-window.ts';
import { causeRules } from '../cause-rules.ts';
import { RequestError } from '../http/problem.ts';
import { jobSchema, shownJob } from '../jobs/shown-job.ts';
import { withNarratives } from '../narratives/with-narratives.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, orNull, route } from './api-group.ts';
import { failuresByCause } from './failures-by-cause.ts';
import { mixedVersions } from './mixed-versions.ts';
import { traceFilter } from './trace-filter.ts';

const cluster = named('Cluster', clusterSchema);

export const analysisSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    from: z.iso
      .datetime()
      .nullable()
      .describe(
        'start of the 30 days whose traces it looked at; null: it looked at all, since these alone were few with few failures',
      ),
    traces: z.number().describe('that it looked at'),
    failed: z.number(),
    older: z
      .number()
      .describe(
        'traces that are stored from before its last 30 days; looked at where `from` is null',
      ),
  })
  .openapi('AnalysisSummary');

const standing = {
  isRunning: z.boolean(),
  failure: orNull(
    z.object({
      at: z.iso.datetime(),
      code: z.string(),
      message: z.string().describe('what failed, and what to do'),
    }),
  ).describe('why the last analysis that was tried has no result; null where it has one'),
  mixed: mixedVersions,
};

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
        analysis: orNull(analysisSchema).describe('null before the first analysis'),
        ...standing,
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
  summary: 'Analyze anew, or join the analysis that waits or runs',
  request: {
    query: z.object({
      wait: z
        .enum(['true', 'false'])
        .default('false')
        .describe(
          'answer when it has ended and stored traces are judged by it, or after ten minutes of each',
        ),
    }),
  },
  responses: {
    200: json(jobSchema, 'with `wait`: the job, which has ended'),
    202: json(jobSchema, 'the job; `GET /jobs/{id}` and `GET /events` say what becomes of it'),
  },
});

const latest = route('read', {
  method: 'get',
  path: '/analyses/latest',
  summary: 'The latest analysis, whether another one is being made, and why the last one failed',
  responses: {
    200: json(
      z.object({
        analysis: orNull(analysisSchema).describe('null before the first analysis'),
        ...standing,
      }),
      'the analysis',
    ),
  },
});

const byId = { params: z.object({ id: z.string().max(100) }) };

const data = route('read', {
  method: 'get',
  path: '/analyses/{id}/report',
  summary: 'Everything that the report of an analysis shows, without what people have decided',
  request: byId,
  responses: { 200: json(z.unknown(), 'the data of the report page') },
});

const losses = route('read', {
  method: 'get',
  path: '/analyses/{id}/losses',
  summary:
    'What each failure that an analysis looked at cost, its environment and its scores, in the order of its `failures`',
  request: byId,
  responses: {
    200: json(
      z.object({
        user: z
          .array(z.number())
          .readonly()
          .describe('a number for each user; -1 where none is recorded'),
        cost: z.array(z.number()).readonly().describe('US dollars; 0 where not recorded'),
        tokens: z.array(z.number()).readonly(),
        milliseconds: z.array(z.number()).readonly().describe('from start to end'),
        environment: z.array(z.string()).readonly().describe("'' where not recorded"),
        scores: z
          .record(z.string(), z.array(z.number().nullable()).readonly())
          .describe('by name, those that most failures have; null where a failure has none'),
      }),
      'columns of equal length',
    ),
  },
});

const report = route('read', {
  method: 'get',
  path: '/report',
  summary: 'The report page of the latest analysis, with all its screens, as people have decided',
  responses: {
    200: { description: 'the page', content: { 'text/html': { schema: z.string() } } },
  },
});

export function causeRoutes(context: ServerContext): Api {
  const { analyses, backfills, jobs, store, workspace } = context;
  const api = newApi();

  api.openapi(latest, async (c) => {
    const { project } = c.var.access;
    const found = await workspace.latestSummary(project);
    return c.json(
      {
        analysis: await summaryOf(project, found),
        ...(await standingOf(project)),
      },
      200,
    );
  });

  // As it is stored: the browser unpacks it, or it is packed anew for one that cannot.
  api.openapi(data, async (c) => {
    const { project } = c.var.access;
    const { report } = await stored(project, c.req.valid('param').id);
    const accepted = (c.req.header('accept-encoding') ?? '').toLowerCase();
    const isZstd = /\bzstd\b/.test(accepted);
    const body = isZstd ? report : await gzipped(await unzstd(report));
    c.header('content-type', 'application/json');
    c.header('content-encoding', isZstd ? 'zstd' : 'gzip');
    // An analysis never changes.
    c.header('cache-control', 'private, max-age=31536000, immutable');
    c.header('vary', 'accept-encoding, x-culprit-project');
    return c.body(new Uint8Array(body)) as never;
  });

  api.openapi(losses, async (c) => {
    const { project } = c.var.access;
    const { id } = c.req.valid('param');
    const found = await analyses.losses(project, id);
    if (found === null) throw noAnalysis(project, id);
    return c.json(found, 200);
  });

  const stored = async (project: string, id: string) => {
    const found = await workspace.analysisOf(project, id);
    if (found === null) throw noAnalysis(project, id);
    return found;
  };

  api.openapi(causes, async (c) => {
    const { project } = c.var.access;
    const decisions = decisionsOf(await workspace.decisions(project));
    const rules = await causeRules(context, project, decisions);
    const [latest, counted] = await Promise.all([
      analyses.latest(project),
      failuresByCause(store, { ...traceFilter(project, c.req.valid('query')), rules }),
    ]);
    return c.json(
      {
        analysis: await summaryOf(project, latest),
        ...(await standingOf(project)),
        causes:
          latest === null
            ? []
            : withNarratives(
                decidedAnalysis(
                  latest.report.analysis,
                  decisions,
                  await analyses.losses(project, latest.id),
                ).clusters,
                await workspace.narratives.of(project),
              ),
        failures: counted,
      },
      200,
    );
  });

  api.openapi(run, async (c) => {
    const { project } = c.var.access;
    if ((await store.count({ project })) === 0) throw nothingYet(project);
    const job = await analyses.request(project, c.var.access.by);
    if (c.req.valid('query').wait === 'false') return c.json(shownJob(job), 202);
    const last = await jobs.ended(job, c.req.raw.signal);
    await backfills.ended(project, c.req.raw.signal);
    return c.json(shownJob(last), last.ended === null ? 202 : 200);
  });

  api.openapi(report, async (c) => {
    const { project } = c.var.access;
    const latest = await analyses.latest(project);
    if (latest === null) throw nothingYet(project);
    const decided = decidedReport(
      latest.report,
      decisionsOf(await workspace.decisions(project)),
      await analyses.losses(project, latest.id),
    );
    const clusters = withNarratives(
      decided.analysis.clusters,
      await workspace.narratives.of(project),
    );
    const data = { ...decided, analysis: { ...decided.analysis, clusters } };
    return c.html(fillTemplate(await readBuilt('web/report.html'), data), 200);
  });

  return api;

  async function summaryOf(project: string, found: Summary | null) {
    if (found === null) return null;
    const { id, at, from, traces, failed } = found;
    const older = await store.count({ project, to: at - ROLLING });
    return { id, at: iso(at), from: from === null ? null : iso(from), traces, failed, older };
  }

  async function standingOf(project: string) {
    const { isRunning, failure } = await analyses.standing(project);
    return {
      ...{ isRunning, failure: failure === null ? null : { ...failure, at: iso(failure.at) } },
      mixed: await backfills.mixed(project),
    };
  }
}

type Summary = NonNullable<Awaited<ReturnType<ServerContext['workspace']['latestSummary']>>>;

const iso = (at: number): string => new Date(at).toISOString();

const unzstd = promisify(zstdDecompress);
const gzipped = promisify(gzip);

const noAnalysis = (project: string, id: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'no_such_analysis',
    detail: `the project ${project} keeps no analysis ${id.slice(0, 100)}: ask for the latest`,
  });

const nothingYet = (project: string): RequestError =>
  new RequestError({
    status: 404,
    code: 'nothing_analyzed',
    detail: `nothing was analyzed in the project ${project} yet: send traces, then POST /api/v1/analyses`,
  });
