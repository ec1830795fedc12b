import type { EVENT_KINDS } from '../../store/workspace/workspace.ts';
import type { FeedItem } from '../events/event-feed.ts';
import { RequestError } from '../http/problem.ts';
import { jobSchema } from '../jobs/shown-job.ts';
import { type SSEMessage, streamSSE, z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { sessionSchema } from '../sessions/session-schemas.ts';
import { type Api, newApi, route } from './api-group.ts';
import { analysisSchema } from './causes.ts';

/** What each kind of event carries. */
const eventData = {
  job: jobSchema,
  analysis: z.object(analysisSchema.pick({ id: true, at: true, traces: true, failed: true }).shape),
  session: z.object({
    id: z.string(),
    ...sessionSchema.pick({ state: true, progress: true }).shape,
  }),
  comparison: z.object({
    id: z.string(),
    ...sessionSchema.pick({ state: true, progress: true }).shape,
  }),
  narrative: z.object({
    id: z.string().describe('of the cause'),
    ...sessionSchema.pick({ state: true, progress: true }).shape,
  }),
  incident: z.object({}).describe('one opened or ended'),
  traces: z.object({ finished: z.number(), superseded: z.number(), failed: z.number() }),
  change: z.object({
    of: z.string().describe('what somebody changed, as its routes are called: `decisions`'),
  }),
} satisfies Record<(typeof EVENT_KINDS)[number], z.ZodType>;

const arriving = z.object({
  openTraces: z.number().describe('traces that are still arriving, as in the status'),
});

const serverEvents = z.object({ ...eventData, arriving }).openapi('ServerEvents', {
  description: 'data of each kind of event; traces: those finished since the last such event',
});

const eventId = z.coerce.number().int().min(0);

const events = route('read', {
  method: 'get',
  path: '/events',
  summary:
    'Events of the project as they happen: jobs, new analyses, counts of traces, what people change',
  description:
    'Server-sent events. `event` is the kind, `data` its JSON, `id` rises. `start` comes first; `missed` instead, where events after the one asked for are no longer kept: then read everything anew. `arriving` has no id and is never repeated: it is of the moment. A comment every 15 seconds shows that the connection lives.',
  request: {
    headers: z.object({ 'last-event-id': eventId.optional() }),
    query: z.object({ after: eventId.optional().describe('instead of the header Last-Event-ID') }),
  },
  responses: {
    200: { description: 'the events', content: { 'text/event-stream': { schema: serverEvents } } },
  },
});

/** Milliseconds. */
const HEARTBEAT = 15_000;
/** Milliseconds between two looks at how many traces arrive. */
const LOOK = 2_000;
/** Pages and scripts that may listen at the same time. */
const MOST = 200;

export function eventRoutes({ feed, checkAccess, onError, progress }: ServerContext): Api {
  const api = newApi();
  let open = 0;

  api.openapi(events, (c) => {
    if (open >= MOST)
      throw new RequestError({
        status: 503,
        code: 'too_many_listeners',
        detail: `${MOST} are listening already`,
        retryAfter: 30,
      });
    const { project } = c.var.access;
    const { headers } = c.req.raw;
    const after = c.req.valid('query').after ?? c.req.valid('header')['last-event-id'] ?? null;
    open += 1;
    return streamSSE(c, async (stream) => {
      const ended = new AbortController();
      stream.onAbort(() => ended.abort());
      // Who stops reading, or may not read any more, is let go.
      let isWriting = false;
      const beat = setInterval(async () => {
        try {
          if (isWriting) throw new Error('nothing is read');
          isWriting = true;
          await checkAccess(headers, 'read', project);
          await stream.write(': here\n\n');
          isWriting = false;
        } catch {
          ended.abort();
          stream.abort();
        }
      }, HEARTBEAT).unref();
      let { openTraces } = progress();
      const look = setInterval(() => {
        const now = progress().openTraces;
        if (now === openTraces || isWriting) return;
        openTraces = now;
        const data: z.infer<typeof arriving> = { openTraces };
        void stream.writeSSE({ event: 'arriving', data: JSON.stringify(data) });
      }, LOOK).unref();
      try {
        for await (const item of feed.listen(project, after, ended.signal))
          await stream.writeSSE(messageOf(item));
      } catch (error) {
        onError(error);
      } finally {
        clearInterval(beat);
        clearInterval(look);
        open -= 1;
      }
    });
  });

  return api;
}

function messageOf(item: FeedItem): SSEMessage {
  if (item.kind !== 'event') return { event: item.kind, id: String(item.id), data: '{}' };
  const { id, kind, data } = item.event;
  return { event: kind, id: String(id), data: JSON.stringify(data) };
}
