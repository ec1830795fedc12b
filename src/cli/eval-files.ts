import { appendFile } from 'node:fs/promises';
import { CulpritError } from '../contract/culprit-error.ts';
import { runLines, writeLines } from '../platform/run-file.ts';
import { writeSuiteFiles } from '../platform/suite-folder.ts';
import { annotations, attemptsIn, evaluationLogs, junit, markdown } from '../verify/verify.ts';
import { environment } from './environment.ts';
import { nextOf, type ShownEval } from './eval-lines.ts';
import type { EvalOptions } from './eval-options.ts';
import { writeResult } from './output.ts';

/** Writes the result of a run in the forms that were asked for. Throws `unwritable_file`. */
export async function writeResults(
  shown: ShownEval,
  options: Pick<EvalOptions, 'junit' | 'markdown' | 'otlp' | 'github'>,
): Promise<void> {
  const { result, header } = shown;
  const { judgment, suites, attempts } = result;
  const parts = { run: header.id, judgment, suites, attempts };
  const text = markdown({ ...parts, next: nextOf(shown) });
  await writeSuiteFiles([
    ...(options.junit === undefined ? [] : [{ path: options.junit, text: junit(parts) }]),
    ...(options.markdown === undefined ? [] : [{ path: options.markdown, text }]),
  ]);
  if (options.otlp !== undefined) writeLogs(shown, options.otlp);
  if (!options.github) return;
  writeResult(annotations(parts));
  const summary = environment('GITHUB_STEP_SUMMARY');
  if (summary === null) return;
  await appendFile(summary, text).catch((cause: unknown) => {
    throw new CulpritError('unwritable_file', `${summary} cannot be written: ${String(cause)}`, {
      cause,
    });
  });
}

/** The attempts of a run as OTLP logs, from its record, which has their traces. */
function writeLogs({ header, file }: ShownEval, to: string): void {
  const logOf = evaluationLogs(header);
  writeLines(
    to,
    attemptsIn(runLines(file), file).map((attempt) => JSON.stringify(logOf(attempt))),
  );
}
