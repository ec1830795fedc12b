import type { Failure } from '../contract/failure.ts';
import type { Signal } from '../contract/signal.ts';
import type { Trace } from '../contract/trace.ts';

const CLEAR_DIFFERENCE = 0.3;

/** Why these failures are one cluster, each sentence with its counts: shared fingerprint, other signals, steps unlike passing runs. */
export function reasons(
  members: readonly Failure[],
  passing: readonly Trace[],
  causes: readonly (Signal | null)[],
  fingerprint: string | null,
): string[] {
  return [
    ...fingerprintReason(causes, fingerprint),
    ...signalReasons(members, causes),
    ...stepReasons(members, passing),
  ];
}

function fingerprintReason(
  causes: readonly (Signal | null)[],
  fingerprint: string | null,
): string[] {
  if (fingerprint === null) return [];
  const sharing = causes.filter((cause) => cause?.fingerprint === fingerprint).length;
  const path = fingerprint.split('|').join(' › ');
  return [`${sharing} of ${causes.length} share one fingerprint: ${path}`];
}

/** Other detectors that agree on at least half of the members. */
function signalReasons(members: readonly Failure[], causes: readonly (Signal | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const [index, { signals }] of members.entries())
    for (const detector of new Set(signals.map((signal) => signal.detector)))
      if (detector !== causes[index]?.detector)
        counts.set(detector, (counts.get(detector) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count * 2 >= members.length)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 3)
    .map(([detector, count]) => `${count} of ${members.length} also have the signal ${detector}`);
}

/** Tools used clearly more or less often than in passing traces. */
function stepReasons(members: readonly Failure[], passing: readonly Trace[]): string[] {
  if (passing.length < 10) return [];
  const here = shares(members.map(({ trace }) => trace));
  const there = shares(passing);
  return [...new Set([...here.keys(), ...there.keys()])]
    .map((step) => ({ step, inside: here.get(step) ?? 0, outside: there.get(step) ?? 0 }))
    .filter(({ inside, outside }) => Math.abs(inside - outside) >= CLEAR_DIFFERENCE)
    .sort(
      (a, b) =>
        Math.abs(b.inside - b.outside) - Math.abs(a.inside - a.outside) ||
        (a.step < b.step ? -1 : 1),
    )
    .slice(0, 3)
    .map(
      ({ step, inside, outside }) =>
        `${step} in ${percent(inside)} of them, in ${percent(outside)} of passing traces`,
    );
}

/** Share of traces in which each tool was called or failed. */
function shares(traces: readonly Trace[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const trace of traces) {
    const steps = new Set<string>();
    for (const { toolCall, error } of trace.spans) {
      if (toolCall === null) continue;
      steps.add(`tool \`${toolCall.name}\` called`);
      if (error !== null) steps.add(`tool \`${toolCall.name}\` failed`);
    }
    for (const step of steps) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return new Map([...counts].map(([step, count]) => [step, count / traces.length]));
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
