import type { Evidence, Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint, maskedKey } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { pointer, quote, textAt } from '../../evidence.ts';
import { type CallSite, callsOf } from '../../run/calls.ts';
import { errorText } from '../../run/tool-error.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';
import { type RepeatedAnswer, repeatedAnswer } from './repeated-answer.ts';
import { findRepetition, type Repetition } from './repetition.ts';
import { type RepeatedRequest, repeatedRequest } from './repetition-request.ts';

const ID = 'agent_loop';
const NO = saysNo(ID);
const NOTHING = saysUnknown(ID, 'no steps recorded');

/**
 * The run went in circles: one call with equal arguments four times and more, a cycle of up to four
 * calls three times over, the same error or result again and again, one search in ever other words, more
 * steps than the budget, a user who had to say the same thing three times, or an assistant that did.
 */
export const agentLoop: Detector = {
  id: ID,
  detect(trace, options) {
    if (trace.messages.length === 0 && trace.spans.length === 0) return NOTHING;
    const calls = callsOf(trace);
    const repetition = findRepetition(calls);
    const signal =
      (repetition === null ? null : repeated(trace, repetition)) ??
      overBudget(trace, options.stepBudget) ??
      askedAgain(trace) ??
      saidAgain(trace);
    return signal === null ? NO : [signal];
  },
};

function repeated(trace: Trace, { kind, calls, times, length }: Repetition): Signal | null {
  const first = calls[0];
  const again = calls[length];
  if (first === undefined || again === undefined) return null;
  const names = calls.slice(0, length).map((site) => site.call.name);
  const tools = names.map((name) => `\`${name}\``).join(' → ');
  const failing = first.result?.isError === true;
  return saysYes({
    detector: ID,
    confidence: CONFIDENCE[kind],
    spanId: again.spanId,
    summary: summaryOf(kind, tools, times, failing),
    fingerprint: fingerprint(
      ID,
      kind === 'same call' && failing ? 'same call after error' : kind,
      maskedKey(names.join(' → '), 120),
      failing ? maskedKey(errorText(first.result?.text ?? ''), 60) : '',
    ),
    evidence: [
      ...callEvidence(trace, first),
      ...callEvidence(trace, again),
      resultEvidence(trace, again),
    ],
  });
}

const CONFIDENCE: Readonly<Record<Repetition['kind'], number>> = {
  'same call': 0.95,
  cycle: 0.95,
  'same error': 0.8,
  'same result': 0.8,
  'same search': 0.6,
};

function summaryOf(
  kind: Repetition['kind'],
  tools: string,
  times: number,
  failing: boolean,
): string {
  switch (kind) {
    case 'same call':
      return `${tools} was called ${times} times with the same arguments${failing ? ' after the same error' : ''}`;
    case 'cycle':
      return `The calls ${tools} went round ${times} times`;
    case 'same error':
      return `${tools} gave the same error ${times} times`;
    case 'same result':
      return `${tools} gave the same result ${times} times to different arguments`;
    case 'same search':
      return `${tools} was called ${times} times in nearly the same words and brought little new`;
  }
}

function callEvidence(trace: Trace, site: CallSite): (Evidence | null)[] {
  const path = `${site.path}/arguments`;
  return [
    quote(trace, `${site.path}/name`, site.call.name, site.spanId),
    quote(trace, path, textAt(trace, path) ?? '', site.spanId),
  ];
}

const resultEvidence = (trace: Trace, { result, spanId }: CallSite): Evidence | null =>
  result === null ? null : quote(trace, result.path, result.text, spanId);

function overBudget(trace: Trace, budget: number): Signal | null {
  if (trace.spans.length <= budget && trace.messages.length <= budget) return null;
  const steps =
    trace.spans.filter((span) => span.kind === 'model' || span.kind === 'tool').length ||
    trace.messages.filter((message) => message.role === 'assistant' || message.role === 'tool')
      .length;
  if (steps <= budget) return null;
  const at = trace.messages.findLastIndex((message) => message.content !== '');
  const last = trace.messages[at];
  const span = trace.spans.at(-1);
  return saysYes({
    detector: ID,
    confidence: 0.6,
    spanId: last?.spanId ?? span?.id ?? null,
    summary: `The run took more model and tool steps than the budget of ${budget}`,
    fingerprint: fingerprint(ID, 'step budget'),
    evidence: [
      last === undefined
        ? null
        : quote(trace, pointer('messages', at, 'content'), last.content, last.spanId),
      span === undefined
        ? null
        : quote(trace, pointer('spans', trace.spans.length - 1, 'name'), span.name, span.id),
    ],
  });
}

const askedAgain = (trace: Trace): Signal | null =>
  inWords(trace, repeatedRequest(trace.messages), 'same request', 'The user made the same request');

const saidAgain = (trace: Trace): Signal | null =>
  inWords(
    trace,
    repeatedAnswer(trace.messages),
    'same answer',
    'The assistant said nearly the same',
  );

function inWords(
  trace: Trace,
  repeated: RepeatedRequest | RepeatedAnswer | null,
  kind: string,
  what: string,
): Signal | null {
  if (repeated === null) return null;
  const { first, again, times } = repeated;
  return saysYes({
    detector: ID,
    confidence: 0.7,
    spanId: trace.messages[again]?.spanId ?? null,
    summary: `${what} ${times} times`,
    fingerprint: fingerprint(ID, kind),
    evidence: [first, again].map((index) => {
      const message = trace.messages[index];
      if (message === undefined) return null;
      return quote(trace, pointer('messages', index, 'content'), message.content, message.spanId);
    }),
  });
}
