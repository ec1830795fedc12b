import type { Signal } from '../../../contract/signal.ts';
import type { Trace } from '../../../contract/trace.ts';
import { fingerprint } from '../../../text/mask.ts';
import type { Detector } from '../../detector.ts';
import { quote } from '../../evidence.ts';
import { type Unfinished, unfinished } from '../../run/action/unfinished.ts';
import { type CallSite, callsOf } from '../../run/calls.ts';
import { answerSpan } from '../../run/last-answer.ts';
import { saysNo, saysUnknown } from '../../verdict.ts';
import { saysYes } from '../../yes.ts';

const ID = 'unfinished_task';
const NO = saysNo(ID);
const NO_STEPS = saysUnknown(ID, 'no tool call with a result recorded');

/**
 * The run used tools and then stopped short: its answer claims an act that no call carried out, ends on a
 * step that it announced and did not take, or leaves out the act that was asked for. A run without any
 * call is `missing_tool_call`.
 */
export const unfinishedTask: Detector = {
  id: ID,
  detect(trace) {
    const calls = callsOf(trace);
    if (!calls.some(({ result }) => result !== null)) return NO_STEPS;
    const found = unfinished(trace, calls);
    const signal = found === null ? null : stoppedShort(trace, calls, found);
    return signal === null ? NO : [signal];
  },
};

function stoppedShort(trace: Trace, calls: readonly CallSite[], found: Unfinished): Signal | null {
  const last = calls.at(-1);
  const spanId = found.path === '/output' ? answerSpan(trace) : null;
  return saysYes({
    detector: ID,
    confidence: CONFIDENCE[found.kind],
    spanId: answerSpan(trace),
    summary: summaryOf(found),
    fingerprint: fingerprint(ID, found.kind, found.act),
    evidence: [
      quote(trace, found.path, found.text, spanId),
      last === undefined ? null : quote(trace, `${last.path}/name`, last.call.name, last.spanId),
    ],
  });
}

const CONFIDENCE = { claimed: 0.85, announced: 0.75, 'left out': 0.7 } as const;

const ACTS: Readonly<Record<Unfinished['act'], string>> = {
  send: 'send something',
  delete: 'delete or cancel something',
  write: 'create or change something',
  '': 'act',
};

function summaryOf({ kind, act }: Unfinished): string {
  switch (kind) {
    case 'claimed':
      return `The answer claims to have done what no call did: ${ACTS[act]}`;
    case 'announced':
      return 'The run ended on a step that it announced and did not take';
    case 'left out':
      return `The request was to ${ACTS[act]}, and the run only looked things up`;
  }
}
