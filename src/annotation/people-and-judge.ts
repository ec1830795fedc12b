import { cohenKappa } from '../numeric/statistics/agreement.ts';

/** What people and a judge said of one trace. */
export interface JudgedTrace {
  readonly isFailure: boolean;
  /** Of the judge: higher is better. */
  readonly score: number;
}

/** How a judge's scores compare with what people say. */
export interface PeopleAndJudge {
  readonly traces: number;
  /** A score below it says that the trace failed. */
  readonly threshold: number;
  /** Failures that the judge found, that it missed, traces that it failed wrongly, that it passed rightly. */
  readonly found: number;
  readonly missed: number;
  readonly falseAlarms: number;
  readonly passed: number;
  /** Share of the same verdict; null without traces. */
  readonly same: number | null;
  /** Cohen's κ; null where it is undefined. */
  readonly kappa: number | null;
}

/** Compares the verdicts of a judge with those of people. */
export function peopleAndJudge(traces: readonly JudgedTrace[], threshold: number): PeopleAndJudge {
  const count = (isFailure: boolean, isFailed: boolean): number =>
    traces.filter((each) => each.isFailure === isFailure && each.score < threshold === isFailed)
      .length;
  const found = count(true, true);
  const missed = count(true, false);
  const falseAlarms = count(false, true);
  const passed = count(false, false);
  const word = (isFailure: boolean): string => (isFailure ? 'failed' : 'passed');
  return {
    ...{ traces: traces.length, threshold, found, missed, falseAlarms, passed },
    same: traces.length === 0 ? null : (found + passed) / traces.length,
    kappa: cohenKappa(
      traces.map(({ isFailure }) => word(isFailure)),
      traces.map(({ score }) => word(score < threshold)),
    ),
  };
}
