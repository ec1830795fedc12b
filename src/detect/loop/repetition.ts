import type { CallSite } from '../argument/calls.ts';
import { errorText } from '../argument/tool-error.ts';
import { maskedKey } from '../mask.ts';

/** Calls that came back again and again. */
export interface Repetition {
  readonly kind: 'same call' | 'cycle' | 'same error' | 'same result';
  /** The calls of the repetition in order. */
  readonly calls: readonly CallSite[];
  /** How often the call, or the whole cycle, ran. */
  readonly times: number;
  /** Distinct calls in one round: 1, or the length of the cycle. */
  readonly length: number;
}

/** As many equal calls are still taken for a retry. */
const ALLOWED_CALLS = 3;
/** Times the same error, values masked, may come back to the same tool, whatever the arguments. */
const ALLOWED_ERRORS = 2;
/** Times the same result may come back to the same tool with other arguments. */
const ALLOWED_RESULTS = 4;
const LONGEST_CYCLE = 4;
const CYCLE_ROUNDS = 3;

/**
 * The worst repetition among the calls of a run, or null. In order of proof: one call with equal
 * arguments and nothing new coming back; a cycle of up to four calls; one error again and again;
 * one result again and again.
 */
export function findRepetition(calls: readonly CallSite[]): Repetition | null {
  if (calls.length <= CYCLE_ROUNDS) return null;
  const keys = calls.map(callKey);
  return (
    sameCall(calls, keys) ??
    cycle(calls, keys) ??
    sameOutcome(calls, 'same error', ALLOWED_ERRORS) ??
    sameOutcome(calls, 'same result', ALLOWED_RESULTS)
  );
}

const callKey = (site: CallSite): string => `${site.call.name} ${stable(site.call.arguments)}`;

function sameCall(calls: readonly CallSite[], keys: readonly string[]): Repetition | null {
  const groups = groupIndexes(keys);
  let worst: readonly number[] = [];
  for (const group of groups.values()) {
    if (group.length <= ALLOWED_CALLS || group.length <= worst.length) continue;
    if (!bringsNews(group, calls)) worst = group;
  }
  return worst.length === 0 ? null : repetition('same call', worst, calls, 1);
}

/** Polling is no loop: each time something else came back. */
function bringsNews(group: readonly number[], calls: readonly CallSite[]): boolean {
  const results = new Set<string>();
  for (const index of group) {
    const result = calls[index]?.result;
    if (result === null || result === undefined) return false;
    results.add(result.text);
  }
  return results.size > group.length / 2;
}

function cycle(calls: readonly CallSite[], keys: readonly string[]): Repetition | null {
  for (let length = 2; length <= LONGEST_CYCLE; length++) {
    let run = 0;
    for (let index = length; index < keys.length; index++) {
      run = keys[index] === keys[index - length] ? run + 1 : 0;
      if (run < length * (CYCLE_ROUNDS - 1)) continue;
      const first = index - length * CYCLE_ROUNDS + 1;
      const round = keys.slice(first, first + length);
      const indexes = keys.flatMap((_, at) => (at >= first && at <= index ? [at] : []));
      if (round.every((key) => key === round[0]) || bringsNews(indexes, calls)) continue;
      return repetition('cycle', indexes, calls, length);
    }
  }
  return null;
}

function sameOutcome(
  calls: readonly CallSite[],
  kind: 'same error' | 'same result',
  allowed: number,
): Repetition | null {
  const outcomes = calls.map(({ call, result }) => {
    if (result === null) return '';
    if (kind === 'same result') {
      return foundNothing(result.text) ? `${call.name} ${result.text.slice(0, 2_000)}` : '';
    }
    return result.isError ? `${call.name} ${maskedKey(errorText(result.text), 200)}` : '';
  });
  let worst: readonly number[] = [];
  for (const [outcome, group] of groupIndexes(outcomes)) {
    if (outcome !== '' && group.length > allowed && group.length > worst.length) worst = group;
  }
  return worst.length === 0 ? null : repetition(kind, worst, calls, 1);
}

/** Equal answers to different arguments are no progress only when they hold nothing: a write says "done" each time. */
const foundNothing = (text: string): boolean =>
  text.length < 400 &&
  /^\W{0,10}$|\b(?:no|0|zero|without) (?:\w{1,20} ){0,2}(?:results?|match(?:es)?|data|records?|documents?|items?|entries)\b|\bnothing found\b|\bnot (?:be )?found\b/i.test(
    text,
  );

function repetition(
  kind: Repetition['kind'],
  indexes: readonly number[],
  calls: readonly CallSite[],
  length: number,
): Repetition {
  return {
    kind,
    calls: indexes.flatMap((index) => calls[index] ?? []),
    times: Math.floor(indexes.length / length),
    length,
  };
}

function groupIndexes(keys: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, key] of keys.entries()) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}

/** JSON with sorted keys, so that the order of arguments does not count. */
function stable(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  return `{${Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, part]) => `${key}:${stable(part)}`)
    .join(',')}}`;
}
