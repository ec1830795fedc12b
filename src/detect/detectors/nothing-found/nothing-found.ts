import { quoted, statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { type Fact, factEvidence } from '../../facts/fact.ts';
import { decisive, factOf } from '../../facts/fact-of.ts';
import { stepsNeeded } from '../../facts/steps-needed.ts';
import type { Run } from '../../run/run.ts';

/**
 * The last lookup found nothing and no later result had data, or at least half of the lookups, and at least three, found
 * nothing. It holds elsewhere because an answer needs data: even if the answer admits that there is none, the query or
 * the data needs a fix. An answer that claims to have found something is `invented_result`.
 */
export const nothingFound = defineDetector({
  id: 'nothing_found',
  tier: 'likely',
  finds: 'a run whose last lookup, or at least half of its lookups, returned nothing',
  category: {
    name: 'Nothing found',
    definition: 'Lookups return the data that the request needs.',
    severity: 2,
    layer: 'retrieval',
    fixCost: 3,
    example: '`search_recipes` returned nothing, and no later result held data.',
  },
  needs: stepsNeeded(inconclusive('no tool calls recorded')),
  detect(run, file) {
    const empty = factOf(run, file, 'found_nothing');
    if (empty === undefined) {
      const mostly = factOf(run, file, 'mostly_empty');
      return mostly === undefined ? null : foundLittle(run, mostly);
    }
    if (factOf(run, file, 'invented') !== undefined) return null;
    const { tool: name, message } = decisive(run, file, 'nothing');
    return run.finding({
      cause: ['nothing found', name, message],
      statement:
        message === ''
          ? statement`${tool(name)} returned nothing, and no later result held data`
          : statement`${tool(name)} returned ${quoted(message)}, and no later result held data`,
      confidence: 0.7,
      evidence: [factEvidence(run, empty)],
    });
  },
});

const foundLittle = (run: Run, mostly: Fact) =>
  run.finding({
    cause: ['mostly nothing', mostly.parts[0] ?? ''],
    statement: statement`At least half of the lookups returned nothing, the last one by ${tool(mostly.parts[0] ?? '')}`,
    confidence: 0.6,
    evidence: [factEvidence(run, mostly)],
  });
