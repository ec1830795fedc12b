import { JOB_KINDS, JOB_STATES, type Job } from '../../store/workspace/workspace.ts';
import { z } from '../packages.ts';
import { orNull } from '../routes/api-group.ts';

const time = z.iso.datetime().nullable();

export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.enum(JOB_KINDS),
    state: z.enum(JOB_STATES),
    by: z.string().describe("who asked for it: id of a key or person, 'schedule', '' for anybody"),
    created: z.iso.datetime(),
    started: time,
    ended: time,
    progress: z
      .object({
        step: z.string(),
        done: z.number(),
        total: z.number().nullable().describe('null while unknown'),
      })
      .nullable()
      .describe('while it runs'),
    result: orNull(z.object({ analysis: z.string() })).describe('what it made, once it is done'),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .openapi('Job');

/** A job as the API shows it. */
export function shownJob({ project: _, ...job }: Job): z.infer<typeof jobSchema> {
  return {
    ...job,
    created: new Date(job.created).toISOString(),
    started: timeOf(job.started),
    ended: timeOf(job.ended),
    result: job.result as z.infer<typeof jobSchema>['result'],
  };
}

const timeOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();
