import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OpenTraceLimits, openTraces } from './open-traces.ts';

const LIMITS: OpenTraceLimits = {
  ...{ quiet: 30, rootless: 600, oldest: 5_000 },
  ...{ bytes: 1_000, traces: 1_000 },
};
const spool = { release: () => {} };

const open = (limits = LIMITS) => {
  const traces = openTraces(limits, spool);
  const touch = (id: string, now: number) =>
    traces.touch({
      ...{ project: 'p', traceId: id, format: 'otlp', now },
      ...{ isStored: false, isLate: false },
    });
  return { ...traces, touch };
};

interface Known {
  readonly first: number;
  last: number;
  hasEnded: boolean;
}

const step = fc.record({
  after: fc.nat(400),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  act: fc.constantFrom('touch', 'end', 'due', 'take'),
});

test('what is due, since when, and what is taken is what a look at every trace finds', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const traces = open();
      const known = new Map<string, Known>();
      const overdue = new Set<string>();
      const dueAt = ({ last, hasEnded }: Known) =>
        last + (hasEnded ? LIMITS.quiet : LIMITS.rootless);
      let now = 0;
      for (const { after, id, act } of steps) {
        now += after;
        const due = [...known].filter(([key, each]) => overdue.has(key) || now >= dueAt(each));
        if (act === 'due') {
          const since = [
            ...[...known].filter(([, each]) => now >= dueAt(each)).map(([, each]) => dueAt(each)),
            ...[...overdue].map((key) => known.get(key)!.first + LIMITS.oldest),
          ];
          expect(traces.due(now)).toEqual({
            traces: due.length,
            since: since.length === 0 ? null : Math.min(...since),
          });
        } else if (act === 'take') {
          const taken = traces.take(now, 100).map(({ traceId }) => traceId);
          expect(taken.toSorted()).toEqual(due.map(([key]) => key).toSorted());
          for (const key of taken) {
            known.delete(key);
            overdue.delete(key);
          }
        } else {
          const trace = traces.touch(id, now);
          const each = known.get(id) ?? { first: now, last: now, hasEnded: false };
          each.last = now;
          if (act === 'end') {
            traces.endRoot(trace);
            each.hasEnded = true;
          }
          if (now - each.first >= LIMITS.oldest) overdue.add(id);
          known.set(id, each);
        }
        expect(traces.size()).toBe(known.size);
      }
    }),
  );
});

test('those that were due first are taken first', () => {
  const traces = open();
  traces.endRoot(traces.touch('early', 0));
  traces.due(100);
  traces.endRoot(traces.touch('late', 101));
  expect(traces.take(200, 1).map(({ traceId }) => traceId)).toEqual(['early']);
  expect(traces.take(200, 1).map(({ traceId }) => traceId)).toEqual(['late']);
});

test('a trace that rested and gets more is no longer due', () => {
  const traces = open();
  traces.endRoot(traces.touch('a', 0));
  expect(traces.due(50).traces).toBe(1);
  traces.touch('a', 51);
  expect(traces.due(60)).toEqual({ traces: 0, since: null });
  expect(traces.due(90)).toEqual({ traces: 1, since: 81 });
});

test('beyond the limit, those that became due last are put off', () => {
  const traces = open({ ...LIMITS, traces: 10 });
  for (let at = 0; at < 12; at++) traces.endRoot(traces.touch(`t${at}`, at));
  expect(traces.takeExcess(41).map(({ traceId }) => traceId)).toEqual(['t11']);
  expect(traces.size()).toBe(11);
});
