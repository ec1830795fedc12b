import * as z from 'zod';
import { defineCheck } from '../define.ts';
import { fail, pass } from '../outcome.ts';
import { quoteCall, shownPath } from './call-params.ts';

export const noLoop = defineCheck({
  id: 'no_loop',
  passes: 'No cycle of up to so many tools went round more often than allowed.',
  params: z.strictObject({
    longest: z.int().min(1).max(6).default(3).describe('tools in a cycle'),
    most: z.int().min(1).default(3).describe('rounds that are allowed, whatever the arguments'),
  }),
  measure: null,
  source:
    'cycles in the sequence of called tools; the detector agent_loop also compares arguments and texts',
  example: { longest: 3, most: 3 },
  ask: (subject, { longest, most }) => {
    const names = subject.run.calls.map(({ call }) => call.name);
    for (let size = 1; size <= longest; size += 1) {
      const start = cycle(names, size, most + 1);
      if (start < 0) continue;
      const around = names.slice(start, start + size);
      return fail(
        `more than ${most} rounds of ${shownPath(around)}`,
        subject.run.calls
          .slice(start, start + size * (most + 1))
          .map((site) => quoteCall(subject, site)),
      );
    }
    return pass(`no cycle of up to ${longest} tools goes round more than ${most} times`);
  },
});

/** Where `rounds` rounds of a cycle of the size begin; -1 without one. Linear. */
function cycle(names: readonly string[], size: number, rounds: number): number {
  let same = 0;
  for (let at = size; at < names.length; at += 1) {
    same = names[at] === names[at - size] ? same + 1 : 0;
    if (same >= size * (rounds - 1)) return at - size * rounds + 1;
  }
  return -1;
}
