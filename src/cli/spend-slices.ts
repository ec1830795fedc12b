import type { RunHeader } from '../contract/eval-run.ts';
import { textOf, writeSuiteFiles } from '../platform/suite-folder.ts';
import { type EvalResult, spentSlices, withSpent } from '../verify/verify.ts';

/**
 * Marks the slices that a run has spent in the files of their suites, as these are now: an edit made while the run went
 * on stays. Returns how many suites it marked, and why it could not mark the others.
 */
export async function spendSlices(
  result: EvalResult,
  header: Pick<RunHeader, 'id' | 'baseline' | 'isAa'>,
): Promise<{ readonly marked: number; readonly failed: unknown }> {
  let marked = 0;
  let failed: unknown = null;
  for (const slice of spentSlices(result, header))
    try {
      const text = withSpent(await textOf(slice.file), slice, header.id);
      await writeSuiteFiles([{ path: slice.file, text }]);
      marked += 1;
    } catch (error) {
      failed ??= error;
    }
  return { marked, failed };
}
