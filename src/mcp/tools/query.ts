import * as z from 'zod';
import { CulpritError } from '../../contract/culprit-error.ts';
import { plainIssue } from '../../contract/plain-issue.ts';
import {
  MOST_QUERY_ROWS,
  QUERY_GROUPS,
  QUERY_MEASURES,
  type TraceQuery,
  traceQuerySchema,
} from '../../contract/trace-query.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { name } from './names.ts';

const word = z.string().min(1).max(500).optional();

/** As the query has it, told in fewer words: the list of tools is read by every agent. */
const filter = z.strictObject({
  ...{ from: word.describe('time, such as 2026-11-30T00:00:00Z'), to: word },
  ...{ failed: z.boolean().optional(), status: word, signal: word, cause: word },
  ...{ promptVersion: word, release: word, model: word, tenant: word, environment: word },
});

export const query: Tool = defineTool({
  name: 'query',
  description: 'Counts and measures of traces by up to three attributes.',
  input: z.strictObject({
    filter: filter.optional(),
    groupBy: z.array(z.enum(QUERY_GROUPS)).max(3).optional(),
    measures: z.array(z.enum(QUERY_MEASURES)).optional(),
    orderBy: word.describe('a measure, highest first, or a group; default: the first measure'),
    limit: z.int().min(1).max(MOST_QUERY_ROWS).optional(),
    cursor,
  }),
  isReadOnly: true,
  async run({ cursor: _, ...asked }, { backend }) {
    const { counted, rows, hasMore } = await backend.query(queryOf(asked));
    const cause = rows.map(({ group }) => group['cause']).find(Boolean);
    return {
      facts: {
        counted,
        groups: rows.length,
        note: hasMore ? 'there are more groups: filter, or order by another measure' : null,
      },
      list: {
        name: 'rows',
        items: rows.map(({ group, measures }) => ({
          ...Object.fromEntries(
            Object.entries(group).map(([by, value]) => [by, value === '' ? '(none)' : name(value)]),
          ),
          ...Object.fromEntries(
            Object.entries(measures).map(([of, value]) => [
              of,
              value === null ? null : rounded(value),
            ]),
          ),
        })),
      },
      next: cause
        ? { tool: 'get_cause', arguments: { cause }, why: 'what is behind the first row' }
        : { tool: 'list_causes', why: 'the causes by priority' },
    };
  },
});

/** Four digits, or whole. */
const rounded = (value: number): number =>
  Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4));

/** @throws CulpritError `invalid_input` with the place of what is wrong. */
function queryOf(asked: unknown): TraceQuery {
  const { success, data, error } = traceQuerySchema.safeParse(asked);
  if (success) return data;
  const [issue] = error.issues;
  throw new CulpritError('invalid_input', issue === undefined ? 'query' : plainIssue(issue));
}
