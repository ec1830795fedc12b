import * as z from 'zod';
import { recorded } from '../answer/recorded.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { nameOrNull, traceArgument, traceName } from './names.ts';

const SNIPPET = 240;

export const search: Tool = defineTool({
  name: 'search',
  description: 'Traces whose text has all of these words, with the text around the first.',
  input: z.strictObject({
    words: z.string().trim().min(1).max(200),
    cause: z.string().min(1).max(500).optional().describe('only failures of this cause, by its id'),
    cursor,
  }),
  isReadOnly: true,
  async run({ words, cause }, { backend }) {
    const { searched, items, hasMore } = await backend.search({ words, cause });
    const first = items.map(({ trace }) => traceArgument(trace)).find((id) => id !== null);
    return {
      facts: {
        searched,
        found: items.length,
        note: hasMore ? 'there are more: use rarer words' : null,
      },
      list: {
        name: 'traces',
        items: items.map(({ trace, text, promptVersion, tenant, ...same }) => ({
          trace: traceName(trace),
          ...same,
          ...{ promptVersion: nameOrNull(promptVersion), tenant: nameOrNull(tenant) },
          text: recorded(text, SNIPPET),
        })),
      },
      next:
        first === undefined
          ? { tool: 'list_causes', why: 'nothing was found: look at the causes' }
          : { tool: 'get_trace', arguments: { trace: first }, why: 'read a trace' },
    };
  },
});
