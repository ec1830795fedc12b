import { quoted, statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { type Fact, factEvidence } from '../../facts/fact.ts';
import { decisive, factOf } from '../../facts/fact-of.ts';
import { stepsNeeded } from '../../facts/steps-needed.ts';
import { infrastructureErrorIn, infrastructureErrorInResult } from '../../run/infrastructure.ts';
import type { Run } from '../../run/run.ts';

/**
 * A call failed and nothing worked after it. The error is recognized by its form, not by its words, so it holds for
 * tools nobody has seen; a run that ends on a failed step has not done its task. Silent when any later call worked, and
 * when the assistant reported the error and the user went on. A complaint about the form of a reply is
 * `unreadable_reply`, a failure of the platform `infrastructure_error`.
 */
export const unrecoveredError = defineDetector({
  id: 'unrecovered_error',
  tier: 'likely',
  finds: 'a tool call that failed, with no call after it that worked',
  category: {
    name: 'Unrecovered tool error',
    definition: 'When a tool call fails, the run repairs it or finds another way.',
    severity: 4,
    layer: 'tool',
    fixCost: 3,
    example: '`get_profile` failed with “unable to open the profile”, and nothing worked after it.',
  },
  needs: stepsNeeded(inconclusive('no tool calls recorded')),
  detect(run, file) {
    const error = factOf(run, file, 'unrecovered');
    if (error === undefined) return null;
    if (factOf(run, file, 'complaint_last') !== undefined) return null;
    if (isPlatformError(run, error)) return null;
    const { tool: name, message } = decisive(run, file, 'failure');
    return run.finding({
      cause: ['nothing worked after', name, message],
      statement:
        message === ''
          ? statement`${tool(name)} failed, and nothing worked after it`
          : statement`${tool(name)} failed with ${quoted(message)}, and nothing worked after it`,
      confidence: 0.75,
      evidence: [factEvidence(run, error)],
    });
  },
});

/** Whether `infrastructure_error` reports it: it reads spans and results, but not calls written in text. */
function isPlatformError(run: Run, { place, start, end }: Fact): boolean {
  if (place === null) return false;
  const [, list, index] = place.path.split('/');
  if (list === 'spans') return infrastructureErrorIn(place.text.slice(start, end)) !== null;
  const message = run.messages[Number(index)];
  return message?.role === 'tool' && infrastructureErrorInResult(message.content) !== null;
}
