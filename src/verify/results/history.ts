import type { History, HistoryCell } from '../../contract/eval-report.ts';
import type { RunLog } from '../run/run-log.ts';

/**
 * Causes × runs: the guards of each cause in each run, oldest first. Guards are the same cases in every run, with a slice
 * or without, so their rates can be compared. A cause came back where its guards had all passed in one run and did not in
 * the next that decided them. Left out and counted: runs of a target against itself, runs without a result, and runs that
 * decided no guard.
 * @param titles of the causes whose suites are there, by id
 */
export function historyOf(
  logs: readonly Pick<RunLog, 'header' | 'end'>[],
  titles: ReadonlyMap<string, string>,
): History {
  const leftOut = { aa: 0, incomplete: 0, undecided: 0 };
  const shown = logs.flatMap(({ header, end }) => {
    const judgment = end?.isComplete === true ? end.judgment : null;
    if (header.isAa) leftOut.aa += 1;
    else if (judgment === null || NO_RESULT.has(judgment.verdict)) leftOut.incomplete += 1;
    else if (judgment.causes.every(({ guards }) => guards.cases === 0)) leftOut.undecided += 1;
    else return [{ header, judgment }];
    return [];
  });
  const causes = [
    ...new Set(shown.flatMap(({ judgment }) => judgment.causes.map(({ cause }) => cause))),
  ].sort();
  return {
    runs: shown.map(({ header: { id, createdAt, target }, judgment: { verdict } }) => ({
      ...{ id, at: createdAt, version: target.version ?? target.spec, verdict },
    })),
    causes: causes.map((cause) => ({
      cause,
      title: titles.get(cause) ?? null,
      cells: cellsOf(
        shown.map(
          ({ judgment }) => judgment.causes.find((each) => each.cause === cause)?.guards ?? null,
        ),
      ),
    })),
    leftOut,
  };
}

const NO_RESULT: ReadonlySet<string> = new Set(['incomplete', 'infrastructure']);

type Guards = Pick<HistoryCell, 'passed' | 'cases'> & { readonly rate: number | null };

function cellsOf(guards: readonly (Guards | null)[]): readonly (HistoryCell | null)[] {
  let hadPassed = false;
  return guards.map((each) => {
    if (each === null || each.rate === null) return null;
    const { passed, cases, rate } = each;
    const cameBack = hadPassed && passed < cases;
    hadPassed = passed === cases;
    return { passed, cases, rate, cameBack };
  });
}
