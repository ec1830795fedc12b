import type { AttemptRecord, RunHeader } from '../contract/eval-run.ts';
import { readBuilt } from '../platform/package-file.ts';
import { fillTemplate } from '../platform/report-template.ts';
import { runLines } from '../platform/run-file.ts';
import { attemptsIn, evalReport } from '../verify/verify.ts';
import { nextOf, type ShownEval } from './eval-lines.ts';
import { INCOMPLETE } from './exit-code.ts';
import { scriptLoader } from './load-script.ts';
import { written } from './report-file.ts';

/** What the head of such a report has. */
export const EVAL_TITLE = /<title>Culprit eval\b/;

/** Where the attempts of a kept baseline are with their traces. */
interface BaselineFile {
  /** Null where they are in the file of the run itself. */
  readonly baselineFile: string | null;
  /** The arm that they have there. Default: candidate. */
  readonly baselineArm?: AttemptRecord['arm'];
}

/** Writes the HTML report of a run; the error where that fails, so that the result is printed all the same. */
export async function writeReport(
  path: string,
  shown: Omit<ShownEval, 'report'> & BaselineFile,
): Promise<unknown> {
  const { result, header, file } = shown;
  const { judgment, suites, attempts, falseAlarms, stopped, spent: used } = result;
  try {
    const data = await evalReport({
      ...{ header, judgment, suites, attempts, falseAlarms, stopped, used },
      ...{ traces: tracesOf(shown), record: file, next: nextOf(shown) },
      services: (suite) => ({ judge: null, script: scriptLoader(suite.file) }),
    });
    return await written(path, fillTemplate(await readBuilt('web/eval.html'), data));
  } catch (error) {
    return error;
  }
}

/** The report of a run that had nothing to evaluate; the error where that fails. */
export async function writeEmptyReport(
  path: string,
  header: RunHeader,
  sentence: string,
  next: string,
): Promise<unknown> {
  try {
    const integrity = { planned: 0, attempted: 0, completed: 0, judged: 0, errors: [] };
    const data = await evalReport({
      judgment: { verdict: 'incomplete', sentence, exitCode: INCOMPLETE, integrity, causes: [] },
      ...{ header, suites: [], attempts: [], traces: [], falseAlarms: null, stopped: null },
      ...{ used: { calls: 0, tokens: 0, dollars: 0 }, record: 'none', next },
      services: () => ({ judge: null, script: null }),
    });
    return await written(path, fillTemplate(await readBuilt('web/eval.html'), data));
  } catch (error) {
    return error;
  }
}

/** The attempts with their traces, which the memory of a run does not hold; those of a kept baseline are in its own file. */
function* tracesOf({
  file,
  baselineFile,
  baselineArm = 'candidate',
}: Pick<ShownEval, 'file'> & BaselineFile): Generator<AttemptRecord, void, undefined> {
  yield* attemptsIn(runLines(file), file);
  if (baselineFile === null) return;
  for (const attempt of attemptsIn(runLines(baselineFile), baselineFile))
    if (attempt.arm === baselineArm) yield { ...attempt, arm: 'baseline' };
}
