import { CulpritError } from '../contract/culprit-error.ts';
import { readSuiteFolder } from '../platform/suite-folder.ts';
import { type ReadSuite, suitesRequired } from '../verify/verify.ts';

/** The suites of a file or folder. Throws `unreadable_file` for a path that is not there, `invalid_suite` for what cannot be used. */
export async function suitesAt(path: string): Promise<readonly ReadSuite[]> {
  const files = await readSuiteFolder(path);
  if (files.length === 0)
    throw new CulpritError(
      'unreadable_file',
      `${path}: there is no suite (no such file or folder, or no *.yaml in it)`,
    );
  return suitesRequired(files, path);
}
