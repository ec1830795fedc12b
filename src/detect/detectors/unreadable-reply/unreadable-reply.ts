import { quoted, statement } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';

const NO_CALLS = inconclusive('no tool calls recorded');

/**
 * The last thing that came back is a complaint of whatever carries out the steps: it could not read the reply. It holds
 * elsewhere because the environment itself says that the step was not taken. A complaint that the run recovered from
 * does not count.
 */
export const unreadableReply = defineDetector({
  id: 'unreadable_reply',
  tier: 'likely',
  finds: 'a run whose last step the environment could not read, in its own words',
  category: {
    name: 'Unreadable reply',
    definition: 'Replies have the form that the environment reads.',
    severity: 4,
    layer: 'prompt',
    fixCost: 2,
    example: 'The environment did not understand the last reply: “your reply holds no action”.',
  },
  detect(run, file) {
    const complaint = factOf(run, file, 'complaint_last');
    if (complaint === undefined) return factOf(run, file, 'called') === undefined ? NO_CALLS : null;
    const message = factOf(run, file, 'complaint')?.parts[0] ?? '';
    return run.finding({
      cause: ['last reply', message],
      statement:
        message === ''
          ? 'The environment did not understand the last reply'
          : statement`The environment did not understand the last reply: ${quoted(message)}`,
      confidence: 0.8,
      evidence: [factEvidence(run, complaint)],
    });
  },
});
