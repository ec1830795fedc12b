import { RequestError } from '../http/problem.ts';
import { jobSchema, shownJob } from '../jobs/shown-job.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const params = z.object({ id: z.string().min(1).max(100) });

const list = route('read', {
  method: 'get',
  path: '/jobs',
  summary: 'What the server works on for the project, or did within the last week; newest first',
  request: { query: z.object({ limit: z.coerce.number().int().min(1).max(1000).default(50) }) },
  responses: { 200: json(z.object({ items: z.array(jobSchema) }), 'the jobs') },
});

const one = route('read', {
  method: 'get',
  path: '/jobs/{id}',
  summary: 'A job: where it is, what it made, or why it failed',
  request: { params },
  responses: { 200: json(jobSchema, 'the job') },
});

const cancel = route('write', {
  method: 'post',
  path: '/jobs/{id}/cancel',
  summary: 'Cancel a job; one that runs stops within seconds',
  request: { params },
  responses: { 200: json(jobSchema, 'the cancelled job') },
});

export function jobRoutes({ jobs }: ServerContext): Api {
  const api = newApi();

  api.openapi(list, async (c) => {
    const items = await jobs.list(c.var.access.project, c.req.valid('query').limit);
    return c.json({ items: items.map(shownJob) }, 200);
  });

  const found = async (project: string, id: string) => {
    const job = await jobs.find(project, id);
    if (job !== null) return job;
    throw new RequestError({
      status: 404,
      code: 'no_such_job',
      detail: `the project ${project} has no job ${id}; jobs are kept for a week`,
    });
  };

  api.openapi(one, async (c) =>
    c.json(shownJob(await found(c.var.access.project, c.req.valid('param').id)), 200),
  );

  api.openapi(cancel, async (c) => {
    const { project } = c.var.access;
    const { id } = c.req.valid('param');
    const { state } = await found(project, id);
    if (!(await jobs.cancel(project, id)))
      throw new RequestError({
        status: 409,
        code: 'job_ended',
        detail: `the job ${id} has ended already (${state})`,
      });
    return c.json(shownJob(await found(project, id)), 200);
  });

  return api;
}
