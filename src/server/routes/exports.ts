import { decidedFilter } from '../cause-rules.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../export/exports.ts';
import { byteStream } from '../http/byte-stream.ts';
import { RequestError } from '../http/problem.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';
import { traceFilter } from './trace-filter.ts';
import { filterQuery } from './traces.ts';

const format = z
  .enum(EXPORT_FORMATS)
  .default('jsonl')
  .describe('jsonl and parquet: all that is stored; otlp: requests of OTLP/JSON, one a line');

const get = route('read', {
  method: 'get',
  path: '/export',
  summary:
    'Traces as a file, which `culprit analyze` reads; the header x-culprit-export has its id',
  request: { query: filterQuery.extend({ format }) },
  responses: {
    200: {
      description: 'the file',
      content: {
        'application/x-ndjson': { schema: z.string() },
        'application/vnd.apache.parquet': { schema: z.string().openapi({ format: 'binary' }) },
      },
    },
  },
});

const state = route('read', {
  method: 'get',
  path: '/exports/{id}',
  summary: 'How an export went, and what its format could not hold',
  request: { params: z.object({ id: z.string().max(100) }) },
  responses: {
    200: json(
      z.object({
        state: z.enum(['running', 'done', 'failed']),
        traces: z.number(),
        records: z.number(),
        leftOut: z.array(z.object({ what: z.string(), count: z.number() })),
      }),
      'the last hundred exports of this process are known',
    ),
  },
});

export function exportRoutes(context: ServerContext): Api {
  const { exports, note, onError } = context;
  const api = newApi();

  api.openapi(get, async (c) => {
    const { project } = c.var.access;
    const { format: wanted, ...query } = c.req.valid('query');
    const filter = await decidedFilter(context, traceFilter(project, query));
    const { id, bytes } = exports.start(filter, wanted);
    // What cannot be asked is refused before the answer begins.
    const first = await bytes.next();
    await note(c.var.access, {
      ...{ action: 'traces.export', subject: id, before: null },
      // Whom it was about is not kept: what is deleted later shall be gone.
      after: { format: wanted, filters: Object.keys(query) },
    });
    return new Response(byteStream(first, bytes, onError), {
      headers: {
        'content-type':
          wanted === 'parquet' ? 'application/vnd.apache.parquet' : 'application/x-ndjson',
        'content-disposition': `attachment; filename="${project}-traces.${EXTENSIONS[wanted]}"`,
        'x-culprit-export': id,
      },
    });
  });

  api.openapi(state, async (c) => {
    const { project } = c.var.access;
    const found = exports.state(c.req.valid('param').id);
    if (found === null || found.project !== project)
      throw new RequestError({
        status: 404,
        code: 'no_such_export',
        detail: 'there is no export of that id, or it was forgotten',
      });
    const { project: _, leftOut, ...rest } = found;
    return c.json({ ...rest, leftOut: [...leftOut] }, 200);
  });

  return api;
}

const EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'jsonl',
  otlp: 'otlp.jsonl',
  parquet: 'parquet',
};
