import { quoted, statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { type Fact, factEvidence } from '../../facts/fact.ts';
import { decisive, factOf } from '../../facts/fact-of.ts';
import type { Run } from '../../run/run.ts';

const NO_CALLS = inconclusive('no tool calls recorded');

/**
 * The last look-up found nothing and no later result held data, or half of the look-ups, and three at least, found
 * nothing, whatever the last one found. It holds elsewhere because an answer rests on what was found, and serves nobody
 * without, though saying so is right: the fix lies in the query or the data. An answer that presents a find all the same is `invented_result`.
 */
export const nothingFound = defineDetector({
  id: 'nothing_found',
  tier: 'likely',
  finds:
    'a run whose look-ups returned nothing in the end, or half of the time and three times at least',
  category: {
    name: 'Nothing found',
    definition: 'Look-ups return the data that the request needs.',
    severity: 2,
    layer: 'retrieval',
    fixCost: 3,
    example: '`search_recipes` returned nothing, and no later result held data.',
  },
  detect(run, file) {
    const empty = factOf(run, file, 'found_nothing');
    if (empty === undefined) {
      const mostly = factOf(run, file, 'mostly_empty');
      if (mostly !== undefined) return foundLittle(run, mostly);
      return factOf(run, file, 'called') === undefined ? NO_CALLS : null;
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
    statement: statement`Half of the look-ups or more returned nothing, ${tool(mostly.parts[0] ?? '')} the last time`,
    confidence: 0.6,
    evidence: [factEvidence(run, mostly)],
  });
