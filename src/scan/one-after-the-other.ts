import type { Collection } from '../collect/collect.ts';
import type { CollectReport } from '../contract/collection.ts';
import type { Trace } from '../contract/trace.ts';

const LISTED = 100;

/**
 * Two collections as one. They are read apart, so that two runs over the same questions are not taken for one: a trace of
 * the second whose id the first has as well is `<id> (2)`.
 */
export function oneAfterTheOther(first: Collection, second: Collection): Collection {
  const taken = new Set<string>();
  return {
    traces: async function* () {
      for await (const traces of first.traces()) {
        for (const { id } of traces) taken.add(id);
        yield traces;
      }
      for await (const traces of second.traces()) yield traces.map((trace) => apart(trace, taken));
    },
    bytes: () => first.bytes() + second.bytes(),
    report: () => together(first.report(), second.report()),
  };
}

/** The trace with an id that is not taken. */
const apart = (trace: Trace, taken: ReadonlySet<string>): Trace =>
  taken.has(trace.id) ? { ...trace, id: `${trace.id} (2)` } : trace;

const together = (a: CollectReport, b: CollectReport): CollectReport => ({
  files: [...a.files, ...b.files],
  problems: [...a.problems, ...b.problems].slice(0, LISTED),
  problemCount: a.problemCount + b.problemCount,
  remarks: [...a.remarks, ...b.remarks].slice(0, LISTED),
  remarkCount: a.remarkCount + b.remarkCount,
  recorders: [...a.recorders, ...b.recorders],
});
