import * as z from 'zod';
import { watchedSchema } from './watcher.ts';

/** The format of alerts as channels get them. It increases when a field changes its meaning or is removed. */
export const ALERT_VERSION = 1;

export const INCIDENT_ENDS = ['resolved', 'unresolved'] as const;
/** How an incident ended: what was seen is usual again, or it has lasted for so long that it is how things are now. */
export type IncidentEnd = (typeof INCIDENT_ENDS)[number];

export const alertSchema = z
  .object({
    alertVersion: z.literal(ALERT_VERSION),
    kind: z
      .enum(['opened', ...INCIDENT_ENDS, 'digest', 'test'])
      .describe(
        'one message when an incident opens and one when it ends; `digest` of a scheduled session, `test` for a try',
      ),
    incident: z.string().describe('the same in all messages of an incident'),
    at: z.number().describe('epoch milliseconds'),
    since: z.number().describe('when the incident began'),
    project: z.string(),
    watcher: z.object({ id: z.string(), name: z.string(), of: watchedSchema }).readonly(),
    owner: z.string().describe("'' for nobody"),
    headline: z.string().describe('what happened, in a sentence'),
    value: z.number().nullable().describe('of the last hour'),
    usual: z.number().nullable(),
    causes: z
      .array(
        z
          .object({
            id: z.string(),
            title: z.string(),
            change: z.number().nullable().describe('of the mean of a score, in its unit'),
          })
          .readonly(),
      )
      .readonly()
      .describe('the cause that is watched, or those that moved the score, most first'),
    unexplained: z
      .number()
      .nullable()
      .describe('of the change of a score, what no cause explains; null for other watchers'),
    traces: z.array(z.string()).readonly().describe('ids of up to three traces'),
    next: z.string().describe('a command that goes on from here'),
    url: z.string().nullable().describe('the page of the incident or session'),
    digest: z.string().nullable().describe('Markdown; null for incidents'),
  })
  .readonly();

export type Alert = z.infer<typeof alertSchema>;
