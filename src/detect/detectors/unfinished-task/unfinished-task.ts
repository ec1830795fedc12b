import type { FileFacts } from '../../../contract/file-facts.ts';
import type { Statement } from '../../../contract/signal.ts';
import { sentence, statement, tool, word } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { factEvidence } from '../../facts/fact.ts';
import { factOf } from '../../facts/fact-of.ts';
import { stepsNeeded } from '../../facts/steps-needed.ts';
import type { Finding } from '../../finding.ts';
import { type Unfinished, unfinished } from '../../run/action/unfinished.ts';
import type { Run } from '../../run/run.ts';

/**
 * The run used tools and then stopped short: its answer claims an action that no call performed, the user agreed to an
 * action that no call then performed, the answer ends on a step that it announced but never took, or it omits the
 * action that was requested. It holds elsewhere because the promise, the yes and the request are the run's own words,
 * and the calls are on record. A run without any call is `missing_tool_call`.
 */
export const unfinishedTask = defineDetector({
  id: 'unfinished_task',
  tier: 'likely',
  finds:
    'in a run with tool calls: an action that the answer claims or the user agreed to but no call performed, a step announced last but never taken, or a requested action where the run only looked things up',
  category: {
    name: 'Unfinished task',
    definition:
      'The requested task is carried out before the run ends, not only announced, agreed to or claimed.',
    severity: 4,
    layer: 'prompt',
    fixCost: 2,
    example: 'The run ended on a step that it announced but never took.',
  },
  needs: stepsNeeded(inconclusive('no tool call with a result recorded')),
  detect(run, file) {
    const found = run.calls.some(({ result }) => result !== null) ? unfinished(run) : null;
    return (
      (found?.kind === 'claimed' ? stoppedShort(run, found) : null) ??
      agreed(run, file) ??
      announced(run, file) ??
      (found?.kind === 'left out' ? stoppedShort(run, found) : null)
    );
  },
});

/** The tool is known from other runs of the input, where one fits what the assistant proposed. */
function agreed(run: Run, file: FileFacts | null): Finding | null {
  const yes = factOf(run, file, 'yes_no_call');
  if (yes === undefined) return null;
  const [name = ''] = yes.parts;
  return run.finding({
    confidence: 0.75,
    statement:
      name === ''
        ? sentence('The user agreed to an action, and no call followed')
        : statement`The user agreed to an action, and no call of ${tool(name)} followed`,
    cause: ['agreed', name],
    evidence: [factEvidence(run, yes)],
  });
}

function announced(run: Run, file: FileFacts | null): Finding | null {
  const step = factOf(run, file, 'announced');
  if (step === undefined) return null;
  return run.finding({
    confidence: 0.75,
    statement: sentence('The run ended on a step that it announced but never took'),
    cause: ['announced'],
    evidence: [factEvidence(run, step), lastCall(run)],
  });
}

const stoppedShort = (run: Run, found: Unfinished): Finding | null =>
  run.finding({
    confidence: found.kind === 'claimed' ? 0.85 : 0.7,
    spanId: run.answerSpan,
    statement: statementFor(found),
    cause: [found.kind, found.act],
    evidence: [
      run.quote(found.path, found.text, found.path === '/output' ? run.answerSpan : null),
      lastCall(run),
    ],
  });

function lastCall(run: Run) {
  const last = run.calls.at(-1);
  return last === undefined ? null : run.quote(`${last.path}/name`, last.call.name, last.spanId);
}

const statementFor = ({ kind, act }: Unfinished): Statement =>
  kind === 'claimed'
    ? statement`The answer claims an action that no call performed: ${word(ACTS[act])}`
    : statement`The user asked to ${word(ACTS[act])}, but the run only looked things up`;

const ACTS: Readonly<Record<Unfinished['act'], string>> = {
  send: 'send something',
  delete: 'delete or cancel something',
  write: 'create or change something',
  '': 'act',
};
