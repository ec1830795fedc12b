import type { FileFacts } from '../../../contract/file-facts.ts';
import type { Evidence, Slot, Statement } from '../../../contract/signal.ts';
import { maskedKey } from '../../../text/mask.ts';
import { chain, number, quoted, statement } from '../../../text/statement.ts';
import { textAt } from '../../../trace/text-at.ts';
import { defineDetector, inconclusive } from '../../define.ts';
import { pointer } from '../../evidence.ts';
import { runFacts } from '../../facts/facts.ts';
import { modelOf } from '../../file/model-of.ts';
import type { Finding } from '../../finding.ts';
import type { CallSite } from '../../run/calls.ts';
import type { Run } from '../../run/run.ts';
import { errorText } from '../../run/tool-error.ts';
import { repeatedAnswer } from './repeated-answer.ts';
import { repeatedRequest } from './repeated-request.ts';
import { findRepetition, type Repetition } from './repetition.ts';

const NOTHING = inconclusive('no steps recorded');

/**
 * The run went in circles: one call with equal arguments four times or more (a symptom up to five times where an
 * answer follows), a cycle of up to four calls
 * three times, the same error or result again and again, one search reworded again and again, more steps
 * than the budget, or a user or an assistant who repeated the same thing three times.
 */
export const agentLoop = defineDetector({
  id: 'agent_loop',
  tier: 'proven',
  finds:
    'the same call, cycle, result or error again and again, including calls with small edits or reworded searches; more steps than `--step-budget`; a user who repeats a request, or an assistant that repeats an answer, three times',
  category: {
    name: 'Agent loop',
    definition: 'Each step brings new information; the run stops within its budget.',
    severity: 3,
    layer: 'orchestration',
    fixCost: 3,
    example: '`list_files` was called 6 times with the same arguments.',
  },
  detect(run, file) {
    if (run.messages.length === 0 && run.spans.length === 0) return NOTHING;
    const repetition = findRepetition(run.calls);
    return (
      (repetition === null ? null : repeatedCalls(run, file, repetition)) ??
      overBudget(run) ??
      requestedAgain(run) ??
      answeredAgain(run)
    );
  },
});

function repeatedCalls(run: Run, file: FileFacts | null, repetition: Repetition): Finding | null {
  const { kind, calls, length } = repetition;
  const first = calls[0];
  const again = calls[length];
  if (first === undefined || again === undefined) return null;
  const tools = calls.slice(0, length).map((site) => site.call.name);
  const isFailing = first.result?.isError === true;
  const answered =
    again.result === null ? null : run.quote(again.result.path, again.result.text, again.spanId);
  return run.finding({
    confidence: CONFIDENCE[kind],
    spanId: again.spanId,
    statement: statementFor(repetition, chain(tools), isFailing, messageOf(run, file, tools)),
    ...(kind === 'same call' &&
      repetition.times <= MOST_WASTED &&
      hasAnswer(run) && { tier: 'symptom' as const }),
    cause: [
      kind === 'same call' && isFailing ? 'same call after error' : kind,
      maskedKey(tools.join(' → '), 120),
      isFailing ? maskedKey(errorText(first.result?.text ?? ''), 60) : '',
    ],
    evidence: [
      isFailing || kind === 'same result' ? answered : null,
      ...callEvidence(run, first),
      ...callEvidence(run, again),
      isFailing || kind === 'same result' ? null : answered,
    ],
  });
}

/** Up to this many equal calls, a run that goes on to answer shows waste, not failure. */
const MOST_WASTED = 5;

const hasAnswer = ({ messages, output }: Run): boolean => {
  const last = messages.at(-1);
  return last === undefined
    ? output !== ''
    : last.role === 'assistant' && last.toolCalls.length === 0 && last.content.trim() !== '';
};

const CONFIDENCE: Readonly<Record<Repetition['kind'], number>> = {
  'same call': 0.95,
  cycle: 0.95,
  'same error': 0.8,
  'same result': 0.8,
  'same search': 0.6,
};

/** The masked message of a tool's errors or empty results, where enough traces of the input share it. */
const messageOf = (run: Run, file: FileFacts | null, tools: readonly string[]): string =>
  runFacts(run, modelOf(file))
    .of('error_text', 'empty_text')
    .find(({ parts }) => parts[0] === tools[0])?.parts[1] ?? '';

function statementFor(
  { kind, times }: Repetition,
  called: Slot,
  isFailing: boolean,
  message: string,
): Statement {
  switch (kind) {
    case 'same call':
      return isFailing
        ? statement`${called} was called ${number(times)} times with the same arguments after the same error`
        : statement`${called} was called ${number(times)} times with the same arguments`;
    case 'cycle':
      return statement`The cycle of calls ${called} ran ${number(times)} times`;
    case 'same error':
      return message === ''
        ? statement`${called} returned the same error ${number(times)} times`
        : statement`${called} returned the same error ${number(times)} times: ${quoted(message)}`;
    case 'same result':
      return statement`${called} returned the same result ${number(times)} times for different arguments`;
    case 'same search':
      return statement`${called} was called ${number(times)} times with nearly the same words and found little that was new`;
  }
}

function callEvidence(run: Run, site: CallSite): (Evidence | null)[] {
  const path = `${site.path}/arguments`;
  return [
    run.quote(path, textAt(run.trace, path) ?? '', site.spanId),
    run.quote(`${site.path}/name`, site.call.name, site.spanId),
  ];
}

function overBudget(run: Run): Finding | null {
  const { messages, spans } = run;
  const budget = run.options.stepBudget;
  if (spans.length <= budget && messages.length <= budget) return null;
  const steps =
    spans.filter(({ kind }) => kind === 'model' || kind === 'tool').length ||
    messages.filter(({ role }) => role === 'assistant' || role === 'tool').length;
  if (steps <= budget) return null;
  const at = messages.findLastIndex(({ content }) => content !== '');
  const last = messages[at];
  const span = spans.at(-1);
  return run.finding({
    confidence: 0.6,
    spanId: last?.spanId ?? span?.id ?? null,
    statement: statement`The run took more model and tool steps than the budget of ${number(budget)}`,
    cause: ['step budget'],
    evidence: [
      last === undefined
        ? null
        : run.quote(pointer('messages', at, 'content'), last.content, last.spanId),
      span === undefined
        ? null
        : run.quote(pointer('spans', spans.length - 1, 'name'), span.name, span.id),
    ],
  });
}

function requestedAgain(run: Run): Finding | null {
  const repeated = repeatedRequest(run.messages);
  if (repeated === null) return null;
  return repeatedMessage(
    run,
    repeated,
    'same request',
    statement`The user made the same request ${number(repeated.times)} times`,
  );
}

function answeredAgain(run: Run): Finding | null {
  const repeated = repeatedAnswer(run.messages);
  if (repeated === null) return null;
  return repeatedMessage(
    run,
    repeated,
    'same answer',
    statement`The assistant gave nearly the same answer ${number(repeated.times)} times`,
  );
}

const repeatedMessage = (
  run: Run,
  { first, again }: { readonly first: number; readonly again: number },
  kind: string,
  sentence: Statement,
): Finding | null =>
  run.finding({
    confidence: 0.7,
    spanId: run.messages[again]?.spanId ?? null,
    statement: sentence,
    cause: [kind],
    evidence: [first, again].map((index) => {
      const message = run.messages[index];
      if (message === undefined) return null;
      return run.quote(pointer('messages', index, 'content'), message.content, message.spanId);
    }),
  });
