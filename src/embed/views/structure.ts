import type { Failure } from '../../contract/failure.ts';
import { messageSteps, type Step, spanSteps } from '../../trace/steps.ts';

const LONGEST = 64;

/**
 * Execution signature: the sequence of span kinds, tools and statuses up to the root span, with repetitions of
 * a step collapsed (`tool:search×3`). Traces with fewer than two spans use their messages instead.
 */
export function structure({ trace, rootSpanId }: Failure): string {
  const spans = spanSteps(trace);
  const last = spans.findIndex(({ spanId }) => spanId === rootSpanId);
  const upTo = last === -1 ? spans : spans.slice(0, last + 1);
  const steps = upTo.length > 1 ? upTo : messageSteps(trace);
  return collapse(steps.map(nameOf)).slice(0, LONGEST).join(' ');
}

const nameOf = ({ kind, tool, failed, error }: Step): string => {
  const name = tool === null ? kind : `tool:${tool}`;
  return failed ? `${name}!${error ?? 'error'}` : name;
};

function collapse(steps: readonly string[]): string[] {
  const runs: { step: string; times: number }[] = [];
  for (const step of steps) {
    const run = runs.at(-1);
    if (run?.step === step) run.times += 1;
    else runs.push({ step, times: 1 });
  }
  return runs.map(({ step, times }) => (times === 1 ? step : `${step}×${bucket(times)}`));
}

/** 2, 3, 4, 8, 16, …: loops of 9 and of 12 get the same signature. */
const bucket = (times: number): number => (times < 4 ? times : 2 ** Math.floor(Math.log2(times)));
