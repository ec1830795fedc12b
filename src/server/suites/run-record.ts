import type { SuiteFileText } from '../../platform/suite-folder.ts';
import { parseRunLog, type RunReport, runReport, suitesIn } from '../../verify/verify.ts';

/** The record of a run, and the files of its suites. */
export interface RunTask {
  /** JSON Lines, as `culprit eval` writes it. */
  readonly text: string;
  /** Name of the record, for messages. */
  readonly record: string;
  /** Where the suites are, for the next command. */
  readonly path: string;
  readonly files: readonly SuiteFileText[];
}

/**
 * What the page of a run shows; null for a run that has not ended.
 * @throws CulpritError `invalid_input` for anything but a record, `invalid_suite`.
 */
export const reportOfRun = ({ text, record, path, files }: RunTask): Promise<RunReport | null> =>
  runReport({
    log: parseRunLog(text, record),
    lines: text.split('\n'),
    suites: suitesIn(files),
    ...{ record, path },
  });
