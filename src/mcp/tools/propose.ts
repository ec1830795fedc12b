import * as z from 'zod';
import { causeProposalSchema } from '../../contract/cause-proposal.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import type { Backend, TraceView } from '../backend.ts';
import { defineTool, type Tool } from '../tool.ts';
import { causeOf, reportOf } from './find-cause.ts';
import { line, name } from './names.ts';

export const propose: Tool = defineTool({
  name: 'propose',
  description:
    'WRITES a proposal about a cause, which changes nothing until a person decides. Quotes are looked up in their traces.',
  input: causeProposalSchema.extend({
    cause: z.string().min(1).max(500).describe('id or rank'),
  }) as unknown as z.ZodObject,
  isReadOnly: false,
  async run({ cause, ...given }, { backend }) {
    const report = await reportOf(backend);
    const { id, title } = causeOf(report, String(cause));
    const proposal = causeProposalSchema.parse(given);
    if (proposal.category !== undefined) checkCategory(proposal.category, report.categories);
    for (const { trace, quote } of proposal.quotes) await checkQuote(backend, trace, quote);
    const kept = await backend.propose(id, proposal);
    return {
      facts: {
        cause: id,
        title: name(title),
        kept: line(kept, 300),
        state: 'open: a person decides',
      },
      next: {
        tool: 'promote',
        arguments: { cause: id },
        why: 'a suite of the cause proves whether a fix holds',
      },
    };
  },
});

function checkCategory(category: string, known: readonly { readonly id: string }[]): void {
  if (known.some(({ id }) => id === category)) return;
  throw new CulpritError(
    'invalid_input',
    `category: there is no ${line(category, 80)}; there are ${known.map(({ id }) => id).join(', ')}`,
  );
}

/** Throws CulpritError `invalid_input` unless the quote stands in the trace word for word. */
async function checkQuote(backend: Backend, id: string, quote: string): Promise<void> {
  const trace = await backend.trace(id);
  if (trace === null)
    throw new CulpritError('invalid_input', `quotes: there is no trace ${line(id, 80)}`);
  if (textsOf(trace).some((text) => text.includes(quote))) return;
  throw new CulpritError(
    'invalid_input',
    `quotes: “${line(quote, 100)}” is not in the trace ${line(id, 80)}: copy it word for word from get_trace`,
  );
}

const textsOf = ({ messages, spans }: TraceView): readonly string[] => [
  ...messages.flatMap(({ content, toolCalls }) => [
    content,
    ...toolCalls.flatMap(({ arguments: given }) =>
      typeof given === 'string' ? given : [JSON.stringify(given), JSON.stringify(given, null, 1)],
    ),
  ]),
  ...spans.flatMap(({ input, output }) => [input, output]),
];
