import * as z from 'zod';
import type { RoleCount } from '../../contract/verdict.ts';
import { percentRange } from '../../text/format.ts';
import { recorded } from '../answer/recorded.ts';
import { defineTool, type Tool } from '../tool.ts';
import { cursor } from './cursor.ts';
import { line, name } from './names.ts';

const WHY = 400;

export const verify: Tool = defineTool({
  name: 'verify',
  description:
    'Runs the suites against the target that the operator has named, and says per cause whether the fix holds. With `compare`, also against the baseline of the operator, which spends the slice: do that once, at the end.',
  input: z.strictObject({
    cause: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('only the suite of this cause, by its id'),
    version: z.string().min(1).max(100).optional().describe('name of what is tested'),
    repeat: z.int().min(1).max(20).optional().describe('attempts of each case'),
    compare: z.boolean().default(false),
    cursor,
  }),
  isReadOnly: false,
  async run({ cursor: _, ...asked }, { backend, signal }) {
    const { run, record, version, judgment, failing, next } = await backend.verify(asked, signal);
    const holds = judgment.verdict === 'pass' || judgment.verdict === 'improved';
    const command = backend.command({ kind: 'verify' });
    return {
      facts: {
        ...{ verdict: judgment.verdict, sentence: name(judgment.sentence, 500) },
        ...{ run, version: name(version), record },
        causes: judgment.causes.map(({ cause, verdict, sentence, guards, controls, slice }) => ({
          ...{ cause, verdict, sentence: name(sentence, 300) },
          ...{ guards: counted(guards), controls: counted(controls), slice: counted(slice) },
        })),
        advice: line(next, 500),
      },
      list: {
        name: 'failing',
        items: failing.map(({ why, ...same }) => ({ ...same, why: recorded(why, WHY) })),
      },
      next: holds
        ? {
            tool: 'overview',
            ...(command !== null && { command }),
            why: 'the fix holds: commit it with the suite, and go on with the next cause',
          }
        : {
            tool: 'get_cause',
            arguments: { cause: judgment.causes[0]?.cause ?? '1' },
            why: 'the suite does not pass: read the cause again, fix, verify',
          },
    };
  },
});

const counted = ({ passed, cases, interval, undecided }: RoleCount): string | null =>
  cases + undecided === 0
    ? null
    : `${passed} of ${cases} pass (${percentRange(interval)})${undecided === 0 ? '' : `, ${undecided} undecided`}`;
