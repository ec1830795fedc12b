import { statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { decisive, factOf } from '../../facts/fact-of.ts';
import { stepsNeeded } from '../../facts/steps-needed.ts';

/**
 * Every lookup that counted came back empty, but the answer claims to have found something. It holds in any application
 * because two quotes contradict each other: the empty result and the claim. An answer that admits that it found nothing is
 * `nothing_found`; an acting tool that usually returns nothing has succeeded, not failed to find.
 */
export const inventedResult = defineDetector({
  id: 'invented_result',
  tier: 'likely',
  finds: 'an answer that claims to have found something although the lookups returned nothing',
  category: {
    name: 'Invented result',
    definition: 'When a lookup returns nothing, the answer says so.',
    severity: 5,
    layer: 'prompt',
    fixCost: 2,
    example: '`search_recipes` returned nothing, but the answer presents a recipe.',
  },
  needs: stepsNeeded(inconclusive('no tool calls recorded')),
  detect(run, file) {
    const claim = factOf(run, file, 'invented');
    if (claim === undefined) return null;
    const found = decisive(run, file, 'nothing');
    const empty = factOf(run, file, 'found_nothing');
    return run.finding({
      cause: ['presented as found', found.tool, found.message],
      statement: statement`${tool(found.tool)} returned nothing, but the answer claims to have found something`,
      confidence: 0.9,
      evidence: [factEvidence(run, claim), empty === undefined ? null : factEvidence(run, empty)],
    });
  },
});
