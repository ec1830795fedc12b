import type { Failure } from '../../contract/failure.ts';
import type { Message, Span } from '../../contract/trace.ts';

const LONGEST = 64;

/**
 * Execution signature: the sequence of span kinds, tools and statuses up to the root span, runs of
 * the same step collapsed (`tool:search×3`). Conversations without spans give the sequence of their messages.
 */
export function structure({ trace, rootSpanId }: Failure): string {
  const last = trace.spans.findIndex(({ id }) => id === rootSpanId);
  const upTo = last === -1 ? trace.spans : trace.spans.slice(0, last + 1);
  const steps = upTo.length > 1 ? upTo.map(spanStep) : trace.messages.flatMap(messageSteps);
  return collapse(steps).slice(0, LONGEST).join(' ');
}

const spanStep = ({ kind, name, toolCall, error, status }: Span): string => {
  const what = kind === 'tool' ? `tool:${toolCall?.name ?? name}` : kind;
  return status === 'error' ? `${what}!${error?.type ?? 'error'}` : what;
};

const messageSteps = ({ role, toolCalls }: Message): string[] =>
  toolCalls.length > 0 ? toolCalls.map(({ name }) => `tool:${name}`) : [role];

function collapse(steps: readonly string[]): string[] {
  const runs: { step: string; times: number }[] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    if (run?.step === step) run.times += 1;
    else runs.push({ step, times: 1 });
  }
  return runs.map(({ step, times }) => (times === 1 ? step : `${step}×${bucket(times)}`));
}

/** 2, 3, 4, 8, 16, …: a loop of 9 and one of 12 are the same shape. */
const bucket = (times: number): number => (times < 4 ? times : 2 ** Math.floor(Math.log2(times)));
