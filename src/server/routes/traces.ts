import { VERDICTS } from '../../contract/signal.ts';
import type { Trace } from '../../contract/trace.ts';
import type { Page, TraceRow } from '../../store/telemetry/telemetry.ts';
import { decidedFilter } from '../cause-rules.ts';
import { storedTrace } from '../finish/stored-trace.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, orNull, route } from './api-group.ts';
import { traceFilter } from './trace-filter.ts';
import { spellings, TRACE_IDS, traceIdInput } from './trace-id.ts';

const trace = z
  .custom<Trace>((value) => typeof value === 'object' && value !== null)
  .openapi('Trace', {
    type: 'object',
    description: 'a canonical trace, as `culprit show --traces` has it',
  });

const traceSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.iso.datetime(),
    durationMs: z.number(),
    status: z.enum(['ok', 'error', 'unset']),
    failed: z.boolean(),
    signals: z
      .array(z.string())
      .describe('detectors that found something, the likeliest cause first'),
    input: z.string().describe('the first 500 characters'),
    output: z.string().describe('the first 500 characters'),
    model: z.string(),
    promptVersion: z.string(),
    tenant: z.string(),
    environment: z.string(),
    source: z.string(),
    spans: z.number(),
    scores: z.record(z.string(), z.number()),
    version: z.number().describe('1 for the first verdict; late spans bring another'),
  })
  .openapi('TraceSummary');

/** A misspelled filter is refused: without it the answer would hold traces of everybody. */
const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().max(2000).optional(),
  from: z.iso.datetime().optional().describe('start of the trace, inclusive'),
  to: z.iso.datetime().optional().describe('exclusive'),
  status: z.enum(['ok', 'error', 'unset']).optional(),
  failed: z.enum(['true', 'false']).optional(),
  signal: z.string().max(200).optional().describe('a detector that found something'),
  tenant: z.string().max(500).optional(),
  user: z.string().max(500).optional(),
  session: z.string().max(500).optional(),
  environment: z.string().max(500).optional(),
  release: z.string().max(500).optional(),
  promptVersion: z.string().max(500).optional(),
  model: z.string().max(500).optional(),
  cause: z
    .string()
    .max(100)
    .optional()
    .describe('failures of this cause, by its id; `none`: those that belong to no cause'),
  words: z.string().max(500).optional().describe('all of these words are in the output'),
});

/** What traces are chosen by. */
export const filterQuery = pageQuery.omit({ limit: true, cursor: true });

const list = route('read', {
  method: 'get',
  path: '/traces',
  summary: 'Traces, newest first',
  request: { query: pageQuery },
  responses: {
    200: json(
      z.object({ items: z.array(traceSummary), next: z.string().nullable() }),
      'a page; `next` is the cursor of the one after it',
    ),
  },
});

const one = route('read', {
  method: 'get',
  path: '/traces/{id}',
  summary: 'A trace with its spans and what was found in it',
  request: { params: z.object({ id: traceIdInput }) },
  responses: {
    200: json(
      z.object({
        summary: orNull(traceSummary).describe(
          'null until the trace is finished, and for who labels it blind',
        ),
        judgedBy: orNull(z.string()).describe(
          'what judged it last: the version of Culprit and, once there is one, the analysis whose facts and causes were used; null where `summary` is',
        ),
        trace,
        signals: z.array(
          z.object({
            detector: z.string(),
            verdict: z.enum(VERDICTS),
            spanId: z.string(),
            path: z.string(),
            quote: z.string(),
          }),
        ),
      }),
      'the trace',
    ),
  },
});

export function traceRoutes(context: ServerContext): Api {
  const { store, workspace, clock } = context;
  const api = newApi();

  api.openapi(list, async (c) => {
    const { project } = c.var.access;
    const { limit, cursor, ...query } = c.req.valid('query');
    const filter = await decidedFilter(context, traceFilter(project, query));
    const page: Page<TraceRow> = await store.newest(filter, {
      limit,
      ...(cursor !== undefined && { cursor }),
    });
    return c.json({ items: page.items.map(summaryOf), next: page.next }, 200);
  });

  const stored = async (project: string, asked: string) => {
    for (const id of spellings(asked)) {
      const [row, records] = await Promise.all([
        store.traceOf(project, id),
        store.recordsOf(project, id),
      ]);
      const trace = storedTrace(id, records, row?.source ?? '');
      if (trace !== null) return { id, row, trace };
    }
    return null;
  };

  api.openapi(one, async (c) => {
    const { project } = c.var.access;
    const asked = c.req.valid('param').id;
    const found = await stored(project, asked);
    if (found === null)
      throw new RequestError({
        status: 404,
        code: 'no_such_trace',
        detail: `there is no trace ${asked.slice(0, 100)} in the project ${project}. The id of a trace is ${TRACE_IDS}`,
      });
    const { id, row, trace } = found;
    const seen = { person: c.var.access.by, now: clock() };
    // Who labels it blind does not see its verdict.
    if (await workspace.annotation.isBlind(project, id, seen))
      return c.json({ summary: null, judgedBy: null, trace, signals: [] }, 200);
    const [signals, assignments] = await Promise.all([
      row === null ? [] : store.signalsOf(row),
      store.assignmentsOf(project, [id]),
    ]);
    // What found the same as its row says so there.
    const judgedBy = assignments.get(id)?.detectorVersion ?? row?.detectorVersion;
    return c.json(
      {
        summary: row === null ? null : summaryOf(row),
        judgedBy: (row !== null && judgedBy) || null,
        trace,
        signals: signals.map(({ detector, verdict, spanId, path, quote }) => ({
          ...{ detector, verdict, spanId, path, quote },
        })),
      },
      200,
    );
  });

  return api;
}

const SHOWN = 500;

const summaryOf = (row: TraceRow): z.infer<typeof traceSummary> => ({
  id: row.traceId,
  name: row.name,
  start: new Date(row.start).toISOString(),
  durationMs: row.end - row.start,
  status: row.status,
  failed: row.failed,
  signals: [...row.signals],
  input: row.input.slice(0, SHOWN),
  output: row.output.slice(0, SHOWN),
  model: row.model,
  promptVersion: row.promptVersion,
  tenant: row.tenant,
  environment: row.environment,
  source: row.source,
  spans: row.spanCount,
  scores: { ...row.scores },
  version: row.version,
});
