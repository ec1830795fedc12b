import type { RunLog } from '../run/run-log.ts';

/** One run in the history of the suites. */
interface HistoryRun {
  readonly id: string;
  readonly at: string;
  /** The version that was named, else the target. */
  readonly version: string;
  readonly verdict: string;
}

/** One cause over the runs. */
interface HistoryCause {
  readonly cause: string;
  /** Pass rate of its guards per run; null where the run did not decide any. */
  readonly rates: readonly (number | null)[];
  /** Versions in which its guards failed after they had all passed. */
  readonly cameBack: readonly string[];
}

export interface History {
  readonly runs: readonly HistoryRun[];
  readonly causes: readonly HistoryCause[];
}

/**
 * Causes × runs: the pass rate of the guards of each cause in each complete run, oldest first. A cause came back where
 * its guards had all passed in one run and did not in the next that decided them.
 */
export function historyOf(logs: readonly RunLog[]): History {
  const complete = logs.filter(({ end }) => end?.isComplete === true);
  const runs = complete.map(({ header: { id, createdAt, target }, end }) => ({
    ...{ id, at: createdAt, version: target.version ?? target.spec },
    verdict: end!.judgment.verdict,
  }));
  const causes = [
    ...new Set(complete.flatMap(({ end }) => end!.judgment.causes.map(({ cause }) => cause))),
  ].sort();
  return {
    runs,
    causes: causes.map((cause) => {
      const rates = complete.map(
        ({ end }) => end!.judgment.causes.find((each) => each.cause === cause)?.guards.rate ?? null,
      );
      return { cause, rates, cameBack: returns(rates).map((index) => runs[index]!.version) };
    }),
  };
}

function returns(rates: readonly (number | null)[]): readonly number[] {
  const found: number[] = [];
  let last: number | null = null;
  for (const [index, rate] of rates.entries()) {
    if (rate === null) continue;
    if (last === 1 && rate < 1) found.push(index);
    last = rate;
  }
  return found;
}
