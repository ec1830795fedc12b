import { quoted, statement, tool } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import { type Fact, factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';
import type { Run } from '../../run/run.ts';

const NO_MESSAGES = inconclusive('no messages recorded');

/**
 * The run stops on a call or on a result, or without the form in which runs of this input hand over their answer. It
 * holds elsewhere because the closing form and closing tools are read from the input itself: a tool that usually ends
 * runs may end this one, and an end that most runs share is no failure.
 */
export const noFinalAnswer = defineDetector({
  id: 'no_final_answer',
  tier: 'likely',
  finds:
    'a run that stops on a call or a result, or without the closing form that other runs of the input have',
  category: {
    name: 'No final answer',
    definition: 'Every run hands over its answer before it ends.',
    severity: 4,
    layer: 'orchestration',
    fixCost: 3,
    example: 'The run ended on a result of `search`, without an answer.',
  },
  detect(run, file) {
    if (run.messages.length === 0) return NO_MESSAGES;
    const isCapped = factOf(run, file, 'step_cap') !== undefined;
    const open = factOf(run, file, 'ends_unanswered');
    if (open !== undefined) {
      const onCall = factOf(run, file, 'ends_on_call');
      const name = (onCall ?? factOf(run, file, 'ends_on_result'))?.parts[0] ?? '';
      return run.finding({
        cause: [onCall === undefined ? 'ends on a result' : 'ends on a call', name],
        statement:
          onCall === undefined
            ? statement`The run ended on a result of ${tool(name)}, without an answer`
            : statement`The run ended on a call of ${tool(name)}, without a result or an answer`,
        confidence: 0.75,
        evidence: [factEvidence(run, open) ?? lastWords(run)],
      });
    }
    const missing = factOf(run, file, 'no_closing_form');
    if (missing === undefined) return null;
    return withoutForm(run, missing, isCapped);
  },
});

function withoutForm(run: Run, missing: Fact, isCapped: boolean) {
  const form = missing.parts[0] ?? '';
  return run.finding({
    cause: ['no closing form', form, isCapped ? 'steps used up' : ''],
    statement: isCapped
      ? statement`The run used up its steps without ${quoted(form)}, which hands over the answer in other runs`
      : statement`The run ended without ${quoted(form)}, which hands over the answer in other runs`,
    confidence: 0.7,
    evidence: [factEvidence(run, missing) ?? lastWords(run)],
  });
}

/** The last message with text, for a run that ends on a call, which has none. */
function lastWords(run: Run) {
  const at = run.messages.findLastIndex(({ content }) => content.trim() !== '');
  const message = run.messages[at];
  return message === undefined
    ? null
    : run.quote(pointer('messages', at, 'content'), message.content, message.spanId);
}
