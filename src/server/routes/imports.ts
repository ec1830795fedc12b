import { CulpritError } from '../../contract/culprit-error.ts';
import { importReportSchema } from '../../contract/import-report.ts';
import { problemResponse, RequestError } from '../http/problem.ts';
import { LossyImport } from '../import/import-source.ts';
import { z } from '../packages.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, newApi, route } from './api-group.ts';

const query = z.object({
  name: z
    .string()
    .max(500)
    .default('import')
    .describe('of the file: records without an id are named after it and their line'),
  strict: z
    .enum(['true', 'false'])
    .default('false')
    .describe('refuse the whole, before anything is stored, when something is not understood'),
  map: z
    .string()
    .max(2000)
    .optional()
    .describe('columns of a table: `input=question,output=answer`'),
});

const add = route('ingest', {
  method: 'post',
  path: '/imports',
  summary: 'Import a file of any format that `culprit analyze` reads; answers when it is stored',
  request: {
    query,
    body: {
      required: true,
      content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } },
    },
  },
  responses: {
    200: json(importReportSchema, 'what was read, what was stored, what was not understood'),
    422: { description: 'nothing was stored: an unknown format, or a strict import with losses' },
  },
});

export function importRoutes({ imports, metrics }: ServerContext): Api {
  const api = newApi();
  api.openapi(add, async (c) => {
    const { project } = c.var.access;
    const { name, strict, map } = c.req.valid('query');
    const options = { strict: strict === 'true', ...(map !== undefined && { map: pairs(map) }) };
    try {
      const report = await imports.receive(project, name, c.env.incoming, options);
      metrics.received('span', report.stored.spans);
      metrics.received('log', report.stored.logs);
      metrics.received('score', report.stored.scores);
      metrics.received('conversation', report.stored.conversations);
      return c.json(report, 200);
    } catch (error) {
      if (error instanceof LossyImport)
        return problemResponse(
          { status: 422, code: 'not_understood', detail: error.message },
          { report: error.report },
        );
      if (error instanceof CulpritError && UNUSABLE.has(error.code))
        throw new RequestError(
          { status: 422, code: error.code, detail: error.message },
          { cause: error },
        );
      throw error;
    }
  });
  return api;
}

/** Errors about the file itself. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'unknown_format',
  'empty_input',
  'no_traces',
  'unreadable_file',
  'old_analysis',
  'invalid_option',
]);

function pairs(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const [, role, column] = /^([^=]+)=(.+)$/.exec(pair) ?? [];
      if (role !== undefined && column !== undefined) return [role, column];
      throw new RequestError({
        ...{ status: 400, code: 'invalid_input' },
        detail: 'map: give role=column pairs, such as input=question,output=answer',
      });
    }),
  );
}
