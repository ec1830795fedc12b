import { maskedKey } from '../../../text/mask.ts';
import type { CallSite } from '../../run/calls.ts';
import { errorText } from '../../run/tool-error.ts';
import { rewordedSearch } from './reworded-search.ts';
import { contained, likeness, valuesOf, type WordSet, wordsOf } from './similarity.ts';

/** Calls that were made again and again. */
export interface Repetition {
  readonly kind: 'same call' | 'cycle' | 'same error' | 'same result' | 'same search';
  /** The calls of the repetition in order. */
  readonly calls: readonly CallSite[];
  /** How often the call, or the whole cycle, ran. */
  readonly times: number;
  /** Distinct calls in one round: 1, or the length of the cycle. */
  readonly length: number;
}

/** Up to this many equal calls count as a retry. */
const ALLOWED_CALLS = 3;
/** How often a tool may return the same error, values masked, for nearly the same arguments. */
const ALLOWED_ERRORS = 2;
/** How often a tool may return the same error or an empty result for other arguments. */
const ALLOWED_RESULTS = 4;
const LONGEST_CYCLE = 4;
const CYCLE_ROUNDS = 3;
/** Share of common words from which arguments or errors count as the same except for details. */
const ALIKE = 0.6;
/** Up to twice the allowed repetitions are forgiven when this many other calls then worked. */
const FORGIVEN = 2;

/**
 * The worst repetition among the calls of a run, or null. In order of proof: one call with equal
 * arguments and no new result; a cycle of up to four calls; one error again and again; nothing found
 * again and again; one search reworded again and again. A short repetition does not count when the run
 * went on to other calls that worked.
 */
export function findRepetition(calls: readonly CallSite[]): Repetition | null {
  if (calls.length < CYCLE_ROUNDS) return null;
  const keys = calls.map(callKey);
  return (
    sameCall(calls, keys) ??
    cycle(calls, keys) ??
    sameError(calls) ??
    sameOutcome(calls, keys) ??
    sameSearch(calls)
  );
}

const callKey = (site: CallSite): string => `${site.call.name} ${stable(site.call.arguments)}`;

function sameCall(calls: readonly CallSite[], keys: readonly string[]): Repetition | null {
  const groups = groupIndexes(keys);
  let worst: readonly number[] = [];
  for (const group of groups.values()) {
    if (group.length <= ALLOWED_CALLS || group.length <= worst.length) continue;
    if (isOver(group, ALLOWED_CALLS, calls, keys)) continue;
    if (!bringsNew(group, calls) && !endsWait(group, calls, keys)) worst = group;
  }
  return worst.length === 0 ? null : repetition('same call', worst, calls, 1);
}

/** Polling is not a loop: each poll returned something else, or the last one returned something new. */
function bringsNew(group: readonly number[], calls: readonly CallSite[]): boolean {
  const results = new Set<string>();
  let isNew = false;
  for (const index of group) {
    const result = calls[index]?.result;
    if (result === null || result === undefined) return false;
    isNew = !result.isError && !results.has(result.text);
    results.add(result.text);
  }
  return isNew || results.size > group.length / 2;
}

/** Nor is a pause between polls: the call made after each pause finally returned something new. */
function endsWait(
  group: readonly number[],
  calls: readonly CallSite[],
  keys: readonly string[],
): boolean {
  const next = (group.at(-1) ?? 0) + 1;
  const result = calls[next]?.result;
  if (result === null || result === undefined || result.isError) return false;
  const before = group.slice(0, -1).flatMap((at) => (keys[at + 1] === keys[next] ? [at + 1] : []));
  return (
    before.length === group.length - 1 &&
    before.every((at) => calls[at]?.result?.text !== result.text)
  );
}

function cycle(calls: readonly CallSite[], keys: readonly string[]): Repetition | null {
  for (let length = 2; length <= LONGEST_CYCLE; length++) {
    let run = 0;
    for (let index = length; index < keys.length; index++) {
      run = keys[index] === keys[index - length] ? run + 1 : 0;
      const goesOn = index + 1 < keys.length && keys[index + 1] === keys[index + 1 - length];
      if (goesOn || run < length * (CYCLE_ROUNDS - 1)) continue;
      const first = index - length - run + 1;
      const round = keys.slice(first, first + length);
      const indexes = keys.flatMap((_, at) => (at >= first && at <= index ? [at] : []));
      if (round.every((key) => key === round[0]) || bringsNew(indexes, calls)) continue;
      return repetition('cycle', indexes, calls, length);
    }
  }
  return null;
}

/** The run went on to at least two other calls that worked, and had not repeated itself for long. */
function isOver(
  group: readonly number[],
  allowed: number,
  calls: readonly CallSite[],
  keys: readonly string[],
): boolean {
  const last = group.at(-1) ?? 0;
  if (group.length > FORGIVEN * allowed || calls[last]?.result?.isError === true) return false;
  const before = new Set(keys.slice(0, last + 1));
  const fresh = new Set<string>();
  for (let at = last + 1; at < calls.length; at++) {
    const result = calls[at]?.result;
    const key = keys[at] ?? '';
    if (result?.isError === false && !foundNothing(result.text) && !before.has(key)) fresh.add(key);
  }
  return fresh.size >= FORGIVEN;
}

interface Failing {
  readonly tool: string;
  readonly error: WordSet;
  readonly asked: WordSet;
  readonly indexes: number[];
}

/** The same error of one tool for arguments that hardly differ; the error may quote them. */
function sameError(calls: readonly CallSite[]): Repetition | null {
  const groups: Failing[] = [];
  for (const [index, { call, result }] of calls.entries()) {
    if (result === null || !result.isError || foundNothing(result.text)) continue;
    const asked = wordsOf(valuesOf(call.arguments));
    const error = wordsOf(maskedKey(errorText(result.text), 400));
    const group = groups.find(
      (one) =>
        one.tool === call.name &&
        likeness(one.error, error) >= ALIKE &&
        contained(one.asked, asked) >= ALIKE,
    );
    if (group !== undefined) group.indexes.push(index);
    else if (groups.length < MOST_GROUPS)
      groups.push({ tool: call.name, error, asked, indexes: [index] });
  }
  const worst = longest(groups.map(({ indexes }) => indexes));
  return worst.length > ALLOWED_ERRORS ? repetition('same error', worst, calls, 1) : null;
}

const MOST_GROUPS = 40;

/** One error, or nothing found, again and again regardless of the arguments. */
function sameOutcome(calls: readonly CallSite[], keys: readonly string[]): Repetition | null {
  const outcomes = calls.map(({ call, result }) => {
    if (result === null) return '';
    if (result.isError) return `${call.name} ! ${maskedKey(errorText(result.text), 200)}`;
    return foundNothing(result.text) ? `${call.name} ${result.text.slice(0, 2_000)}` : '';
  });
  const groups = [...groupIndexes(outcomes)].flatMap(([outcome, group]) =>
    outcome === '' || isOver(group, ALLOWED_RESULTS, calls, keys) ? [] : [group],
  );
  const worst = longest(groups);
  if (worst.length <= ALLOWED_RESULTS) return null;
  const failing = calls[worst[0] ?? 0]?.result?.isError === true;
  return repetition(failing ? 'same error' : 'same result', worst, calls, 1);
}

function sameSearch(calls: readonly CallSite[]): Repetition | null {
  const group = rewordedSearch(calls);
  return group.length === 0 ? null : repetition('same search', group, calls, 1);
}

const longest = (groups: readonly (readonly number[])[]): readonly number[] =>
  groups.reduce<readonly number[]>((most, one) => (one.length > most.length ? one : most), []);

/**
 * Equal results for different arguments are a lack of progress only when they are empty-handed: a write
 * returns "done" each time, and a command that worked prints nothing.
 */
const foundNothing = (text: string): boolean =>
  text.length < 400 &&
  /^\W{1,10}$|\b(?:no|0|zero|without) (?:\w{1,20} ){0,2}(?:results?|match(?:es)?|data|records?|documents?|items?|entries)\b|\b(?:no \w{1,20}|nothing) (?:were |was )?found\b|\bnot (?:be )?found\b/i.test(
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
