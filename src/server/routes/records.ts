import { storedSource } from '../../store/telemetry/telemetry.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, newApi, route } from './api-group.ts';
import { traceFilter } from './trace-filter.ts';

const text = z.string().max(500).optional();

const get = route('read', {
  method: 'get',
  path: '/records',
  summary: 'The records of finished traces, as `culprit analyze --from` reads them',
  request: {
    query: z.object({
      from: z.iso.datetime().optional().describe('start of the trace, inclusive'),
      to: z.iso.datetime().optional().describe('exclusive'),
      ...{ tenant: text, user: text, session: text, environment: text, release: text },
      ...{ promptVersion: text, model: text },
    }),
  },
  responses: {
    200: {
      description: 'JSON Lines, the records of a trace one after the other; empty for no trace',
      content: { 'application/x-ndjson': { schema: z.string() } },
    },
  },
});

export function recordRoutes({ store, clock }: ServerContext): Api {
  const api = newApi();
  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const filter = traceFilter(project, c.req.valid('query'));
    // A time limits the records to those of finished traces.
    const source = storedSource(store, { ...filter, to: filter.to ?? clock() + DAY }, 'store');
    const lines = ReadableStream.from(source.open());
    const headers = { 'content-type': 'application/x-ndjson' };
    // The types know answers in JSON and text alone.
    return new Response(lines, { headers }) as never;
  });
  return api;
}

/** How far ahead clocks of senders may be. */
const DAY = 86_400_000;
