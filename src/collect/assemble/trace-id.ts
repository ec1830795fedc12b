import type { Trace } from '../../contract/trace.ts';
import { FNV_BASIS, hash53 } from '../../text/hash.ts';
import { NumberTable } from './number-table.ts';

/** Keeps the ids of runs without spans apart. */
export interface TraceIds {
  /**
   * The trace, under an id of its own when the one it has is taken by a different run; null when the very same run was
   * there before under that id. `isGiven` is false for ids made up from the place in the file.
   */
  settle(trace: Trace, isGiven: boolean): Trace | null;
}

export function traceIds(): TraceIds {
  // Two ids with one hash cost nothing but a longer name for the second.
  const seen = new NumberTable();
  return {
    settle(trace, isGiven) {
      const print = isGiven ? fingerprint(trace) : 0;
      const before = seen.get(hash53(trace.id));
      if (before === undefined) {
        seen.set(hash53(trace.id), print);
        return trace;
      }
      if (isGiven && before === print) return null;
      const id = freeId(trace, seen);
      seen.set(hash53(id), print);
      return { ...trace, id };
    },
  };
}

function freeId({ id, origin }: Trace, seen: NumberTable): string {
  const isFree = (name: string): boolean => seen.get(hash53(name)) === undefined;
  const place =
    origin.line === null || id.endsWith(`:${origin.line}`) ? id : `${id}:${origin.line}`;
  const name = origin.file.slice(origin.file.search(/[^/\\]*$/));
  for (const candidate of [place, `${place}:${name}`]) if (isFree(candidate)) return candidate;
  for (let nth = 2; ; nth++) if (isFree(`${place}#${nth}`)) return `${place}#${nth}`;
}

/** A hash of for whom, and what was said and done: equal for two records of one run. */
function fingerprint({ tenant, input, output, messages, scores, error }: Trace): number {
  let hash = hashed(tenant ?? '', hashed(output, hashed(input, FNV_BASIS)));
  if (error !== null) hash = hashed(error.message, hash);
  for (const { name, value, label } of scores) hash = hashed(`${name} ${value} ${label}`, hash);
  for (const { content, toolCalls } of messages) {
    if (content !== input && content !== output) hash = hashed(content, hash);
    for (const call of toolCalls) hash = hashed(JSON.stringify(call), hash);
  }
  return hash;
}

function hashed(text: string, basis: number): number {
  let hash = basis ^ text.length;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
