import type { Statement } from '../../../contract/signal.ts';
import { sentence, statement, word } from '../../../text/statement.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import type { Finding } from '../../finding.ts';
import { type Unfinished, unfinished } from '../../run/action/unfinished.ts';
import type { Run } from '../../run/run.ts';

const NO_STEPS = inconclusive('no tool call with a result recorded');

/**
 * The run used tools and then stopped short: its answer claims an action that no call performed, ends on a
 * step that it announced but never took, or omits the action that was requested. A run without any call is
 * `missing_tool_call`.
 */
export const unfinishedTask = defineDetector({
  id: 'unfinished_task',
  tier: 'likely',
  finds:
    'in a run with tool calls: an action that the answer claims but no call performed, a step announced last but never taken, or a requested action where the run only looked things up',
  category: {
    name: 'Unfinished task',
    definition:
      'The requested task is carried out before the run ends, not only announced or claimed.',
    severity: 4,
    layer: 'prompt',
    fixCost: 2,
    example: 'The run ended on a step that it announced but never took.',
  },
  detect(run) {
    if (!run.calls.some(({ result }) => result !== null)) return NO_STEPS;
    const found = unfinished(run);
    return found === null ? null : stoppedShort(run, found);
  },
});

function stoppedShort(run: Run, found: Unfinished): Finding | null {
  const last = run.calls.at(-1);
  return run.finding({
    confidence: CONFIDENCE[found.kind],
    spanId: run.answerSpan,
    statement: statementFor(found),
    cause: [found.kind, found.act],
    evidence: [
      run.quote(found.path, found.text, found.path === '/output' ? run.answerSpan : null),
      last === undefined ? null : run.quote(`${last.path}/name`, last.call.name, last.spanId),
    ],
  });
}

const CONFIDENCE = { claimed: 0.85, announced: 0.75, 'left out': 0.7 } as const;

function statementFor({ kind, act }: Unfinished): Statement {
  switch (kind) {
    case 'claimed':
      return statement`The answer claims an action that no call performed: ${word(ACTS[act])}`;
    case 'announced':
      return sentence('The run ended on a step that it announced but never took');
    case 'left out':
      return statement`The user asked to ${word(ACTS[act])}, but the run only looked things up`;
  }
}

const ACTS: Readonly<Record<Unfinished['act'], string>> = {
  send: 'send something',
  delete: 'delete or cancel something',
  write: 'create or change something',
  '': 'act',
};
