import type { ListedSuite } from '../mcp/mcp.ts';
import { readSuiteFolder } from '../platform/suite-folder.ts';
import { suitesIn } from '../verify/verify.ts';

/** The suites of a folder, with how many cases of each role they have. */
export async function listedSuites(
  folder: string,
): Promise<readonly (ListedSuite & { readonly path: string })[]> {
  return suitesIn(await readSuiteFolder(folder)).map(({ file, suite: { cause, cases } }) => {
    const count = (role: string): number =>
      cases.filter(
        (each) => each.role === role && each.retired === undefined && each.spent === undefined,
      ).length;
    return {
      ...{ file, path: file, cause: cause.id, title: cause.title },
      ...{ guards: count('guard'), controls: count('control'), slice: count('slice') },
    };
  });
}
