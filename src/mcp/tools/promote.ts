import * as z from 'zod';
import { recorded } from '../answer/recorded.ts';
import { defineTool, type Tool } from '../tool.ts';
import { causeOf, reportOf } from './find-cause.ts';
import { line, name, traceName } from './names.ts';

const MOST_PICKS = 3;
const INPUT = 160;
const SHOWN = 5;

export const promote: Tool = defineTool({
  name: 'promote',
  description:
    'WRITES the suite of a cause: real traces as cases, each proven on its recorded answer, with checks that tell a bad run from a good one. Again, it adds what is new.',
  input: z.strictObject({
    cause: z.string().min(1).max(500).describe('id or rank'),
    picks: z
      .array(z.string().min(1).max(500))
      .max(MOST_PICKS)
      .default([])
      .describe('ids of traces that become guards'),
  }),
  isReadOnly: false,
  async run({ cause, picks }, { backend }) {
    const { id, title } = causeOf(await reportOf(backend), cause);
    const { file, isNew, checks, cases, broken, notes } = await backend.promote(id, picks);
    const command = backend.command({ kind: 'verify' });
    const of = (role: string): number => cases.filter((each) => each.role === role).length;
    return {
      facts: {
        ...{ cause: id, title: name(title), file: line(file, 300) },
        written:
          cases.length === 0
            ? 'nothing new'
            : `${isNew ? 'a new suite' : 'more cases'} of the cause`,
        ...{ guards: of('guard'), controls: of('control'), slice: of('slice') },
        checks: checks.map((check) => name(check, 300)),
        notes: notes.map((note) => name(note, 300)),
        broken: broken.slice(0, SHOWN).map(({ trace, why }) => ({
          ...{ trace: traceName(trace), why: name(why) },
        })),
      },
      list: {
        name: 'newGuards',
        items: cases
          .filter(({ role }) => role === 'guard')
          .slice(0, SHOWN)
          .map(({ id: own, trace, proof, input }) => ({
            ...{ case: own, trace: traceName(trace), proof },
            input: recorded(input, INPUT),
          })),
      },
      next: {
        tool: 'verify',
        arguments: { cause: id },
        ...(command !== null && { command }),
        why: 'see the suite fail before the fix; then fix, and verify again',
      },
    };
  },
});
