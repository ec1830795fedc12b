import * as z from 'zod';
import type { CauseSide } from '../../contract/diff.ts';
import { signed } from '../../text/diff-words.ts';
import { percent, twoDigits } from '../../text/format.ts';
import { statementText } from '../../text/statement.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { line, name } from './names.ts';

export const diff: Tool = defineTool({
  name: 'diff',
  description:
    'Compares two versions or releases: which causes are new, grown, gone or shrunk, and what may be chance.',
  input: z.strictObject({
    by: z
      .string()
      .min(1)
      .max(200)
      .default('promptVersion')
      .describe('promptVersion, release, model, environment, tenant, day, or a metadata key'),
    from: z.string().min(1).max(500).optional().describe('default: the value before, by time'),
    to: z.string().min(1).max(500).optional().describe('default: the last value'),
    cursor,
  }),
  isReadOnly: true,
  async run({ cursor: _, ...asked }, { backend }) {
    const compared = await backend.diff(asked);
    if (compared.kind === 'running')
      return {
        facts: { state: line(compared.why, 300) },
        next: { tool: 'diff', arguments: { by: asked.by }, why: 'ask again in a few seconds' },
      };
    const { before, after, headline, causes, remarks } = compared.diff;
    const command = backend.command({ kind: 'diff', by: asked.by });
    const [first] = causes;
    return {
      facts: {
        headline: name(statementText(headline), 500),
        before: { name: name(before.name), traces: before.traces },
        after: { name: name(after.name), traces: after.traces },
        remarks: remarks.slice(0, 5).map((remark) => name(remark, 300)),
      },
      list: {
        name: 'causes',
        items: causes.map((cause) => ({
          ...{ state: cause.isMix ? `${cause.state} (mix of the traffic)` : cause.state },
          ...{ id: cause.id, title: name(cause.title) },
          ...{ before: rate(cause.before), after: rate(cause.after) },
          difference: cause.difference === null ? null : signed(cause.difference),
          q: cause.q === null ? null : twoDigits(cause.q),
          moreTracesNeeded: cause.needed,
        })),
      },
      next: {
        tool: first === undefined ? 'list_causes' : 'get_cause',
        ...(first !== undefined && { arguments: { cause: first.id } }),
        ...(command !== null && { command }),
        why: 'what is behind the largest change',
      },
    };
  },
});

const rate = ({ events, exposures, ratePerThousand }: CauseSide): string =>
  `${events} of ${exposures}${ratePerThousand === null ? '' : `, ${percent(ratePerThousand / 1000)}`}`;
