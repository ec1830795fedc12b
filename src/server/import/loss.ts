import type { RecordCollection } from '../../collect/collect.ts';
import type { Problem } from '../../contract/collection.ts';
import type { ImportReport } from '../../contract/import-report.ts';

type Loss = ImportReport['lost'];
type CountedProblem = Loss['problems'][number];

/** Counts problems by their code, with the first of each. */
export interface ProblemCounts {
  readonly note: (problem: Problem) => void;
  readonly list: () => readonly CountedProblem[];
}

/**
 * What is about records elsewhere is stored: a score of a trace that another file has, a span that comes after its trace.
 * Logs that tell nothing about a run are counted apart.
 */
const NO_LOSS: ReadonlySet<string> = new Set(['unmatched_score', 'late_span', 'ignored_log']);

export function problemCounts(): ProblemCounts {
  const byCode = new Map<string, CountedProblem>();
  return {
    note({ code, line, message }) {
      if (NO_LOSS.has(code)) return;
      const known = byCode.get(code);
      byCode.set(code, { ...(known ?? { code, line, message }), count: (known?.count ?? 0) + 1 });
    },
    list: () => [...byCode.values()].sort((a, b) => b.count - a.count),
  };
}

/** All that was not understood: what was said of the reading, content of unknown shape, fields that no reader asks for. */
export function lossOf(collected: RecordCollection, counted: ProblemCounts): Loss {
  const { problems } = collected.report();
  const parts = problems
    .filter(({ code }) => code === 'unknown_part')
    .map(({ code, line, message }) => ({ code, line, message, count: 1 }));
  const all = [...counted.list(), ...parts];
  const fields = [...collected.unread.fields()];
  const count = [...all, ...fields].reduce((sum, each) => sum + each.count, 0);
  return { count, problems: all, fields };
}
