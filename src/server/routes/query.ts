import { queryResultSchema, traceQuerySchema, USUAL_MEASURES } from '../../contract/trace-query.ts';
import { causeRules } from '../cause-rules.ts';
import type { ServerContext } from '../server-context.ts';
import { type Api, json, named, newApi, route } from './api-group.ts';
import { traceFilter } from './trace-filter.ts';

const query = route('read', {
  method: 'post',
  path: '/query',
  summary: 'Count and measure stored traces by up to three attributes',
  request: {
    body: {
      required: true,
      content: { 'application/json': { schema: named('TraceQuery', traceQuerySchema) } },
    },
  },
  responses: { 200: json(named('QueryResult', queryResultSchema), 'the rows, 200 at most') },
});

export function queryRoutes(context: ServerContext): Api {
  const api = newApi();
  api.openapi(query, async (c) => {
    const { project } = c.var.access;
    const { filter, measures = USUAL_MEASURES, ...asked } = c.req.valid('json');
    const { failed, ...others } = filter;
    const isByCause = filter.cause !== undefined || asked.groupBy.includes('cause');
    const chosen = traceFilter(project, {
      ...others,
      ...(failed !== undefined && { failed: failed ? 'true' : 'false' }),
    });
    const decided = isByCause ? { ...chosen, rules: await causeRules(context, project) } : chosen;
    const rows = await context.store.measured(decided, { ...asked, measures });
    return c.json(
      {
        counted: 'all stored traces of the filter',
        rows: rows.slice(0, asked.limit).map((row) => ({ ...row })),
        hasMore: rows.length > asked.limit,
      },
      200,
    );
  });
  return api;
}
