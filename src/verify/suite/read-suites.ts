import { CulpritError } from '../../contract/culprit-error.ts';
import { faultAt, placeOf } from './located.ts';
import { type ParsedSuite, parseSuite } from './parse-suite.ts';
import { type Payload, parsePayload } from './payload.ts';

/** A file of a folder of suites. */
export interface SuiteFile {
  readonly path: string;
  readonly text: string;
}

/** A suite with the contents of its cases. */
export interface ReadSuite extends ParsedSuite {
  readonly payload: Payload;
}

/**
 * The suites in files, in the order of their paths. Payloads stand beside their suite.
 * @throws CulpritError `invalid_suite` with file and line: what `parseSuite` and `parsePayload` throw, a payload that is
 * missing or lacks the content of a case, one cause in two files.
 */
export function readSuites(files: readonly SuiteFile[]): readonly ReadSuite[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const byCause = new Map<string, string>();
  const suites: ReadSuite[] = [];
  for (const { path, text } of files) {
    if (!/\.ya?ml$/.test(path)) continue;
    const parsed = parseSuite(text, path);
    const { suite, located } = parsed;
    const other = byCause.get(suite.cause.id);
    if (other !== undefined)
      throw faultAt(
        placeOf(located, ['cause', 'id']),
        `the cause ${suite.cause.id} has a suite already: ${other}. Keep one of them`,
      );
    byCause.set(suite.cause.id, path);
    const beside = `${path.slice(0, path.lastIndexOf('/') + 1)}${suite.payload}`;
    const content = texts.get(beside);
    if (content === undefined)
      throw faultAt(
        placeOf(located, ['payload']),
        `there is no file ${beside}: promote the cause again, or name its payload`,
      );
    const payload = parsePayload(content, beside);
    for (const [index, { id, hash }] of suite.cases.entries())
      if (!payload.cases.has(hash))
        throw faultAt(
          placeOf(located, ['cases', index, 'hash']),
          `${beside} has no content ${hash} for the case ${id}`,
        );
    suites.push({ ...parsed, payload });
  }
  return suites;
}

/** Throws `invalid_suite` where there is no suite at all; `folder` names the place. */
export function requireSuites(suites: readonly ReadSuite[], folder: string): readonly ReadSuite[] {
  if (suites.length > 0) return suites;
  throw new CulpritError(
    'invalid_suite',
    `${folder} holds no suite (*.yaml): make one with culprit promote traces.jsonl --cause 1 --suite ${folder}`,
  );
}
