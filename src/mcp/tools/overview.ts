import * as z from 'zod';
import { count, percent } from '../../text/format.ts';
import { statementText } from '../../text/statement.ts';
import { defineTool, type Tool } from '../tool.ts';
import { reportOf } from './find-cause.ts';
import { line, name } from './names.ts';

const SHOWN = 5;

export const overview: Tool = defineTool({
  name: 'overview',
  description:
    'Begin here: what to fix first, how many traces failed, the first causes, the suites that keep causes fixed, and the last run.',
  input: z.strictObject({}),
  isReadOnly: true,
  async run(_, { backend }) {
    const { analysis } = await reportOf(backend);
    const [suites, runs, proposals] = await Promise.all([
      backend.suites(),
      backend.runs(),
      backend.proposals(),
    ]);
    const { headline, clusters, funnel, failedCount } = analysis;
    const ranked = clusters.filter(({ rank }) => rank !== null);
    const [last] = runs;
    const [first] = ranked;
    const said = [headline.fix, headline.change, headline.coverage].filter((each) => each !== null);
    return {
      facts: {
        source: line(backend.source, 300),
        headline: said.map((each) => name(statementText(each), 400)),
        funnel: funnel.map((stage) => `${count(stage.count)} ${stage.name}`).join(' → '),
        failed: failedCount,
        rankedCauses: ranked.length,
        suites: suites.length,
        lastRun:
          last === undefined
            ? null
            : { id: last.id, version: name(last.version), verdict: last.verdict },
        openProposals: proposals.length,
      },
      list: {
        name: 'causes',
        items: ranked.slice(0, SHOWN).map(({ rank, id, title, share }) => ({
          ...{ rank, id, title: name(title), share: percent(share) },
          suite: suites.find(({ cause }) => cause === id)?.file ?? null,
        })),
      },
      next:
        first === undefined
          ? { tool: 'search', arguments: { words: 'error' }, why: 'no cause is ranked' }
          : {
              tool: 'get_cause',
              arguments: { cause: first.id },
              why: 'the cause to fix first, with its prompt and evidence',
            },
    };
  },
});
