import type { CheckUse } from '../../contract/check-use.ts';
import { type Suite, suiteSchema } from '../../contract/suite.ts';
import { CheckFault, type PreparedCheck, prepareCheck } from '../checks/use-check.ts';
import { checkedYaml, faultAt, type Located, parseYaml, placeOf } from './located.ts';
import { suiteHash } from './suite-hash.ts';

/** A suite read from its file. */
export interface ParsedSuite {
  readonly file: string;
  readonly suite: Suite;
  /** Version of the suite. */
  readonly hash: string;
  /** The checks of a case: those of the suite, then its own. */
  readonly checksOf: (caseId: string) => readonly PreparedCheck[];
  /** The file with its comments, for changes that keep them. */
  readonly located: Located;
}

/**
 * Reads a suite, its checks looked up and their parameters parsed.
 * @throws CulpritError `invalid_suite` with file and line: broken YAML, a field that is missing or wrong, an unknown
 * check, parameters that it does not take, an id that two cases share.
 */
export function parseSuite(text: string, file: string): ParsedSuite {
  const located = parseYaml(text, file);
  const suite = checkedYaml(located, suiteSchema, 'a suite');
  const shared = prepareAll(located, suite.checks, ['checks']);
  const own = new Map<string, readonly PreparedCheck[]>();
  for (const [index, { id, checks = [] }] of suite.cases.entries()) {
    if (own.has(id)) {
      const first = suite.cases.findIndex((each) => each.id === id);
      throw faultAt(
        placeOf(located, ['cases', index, 'id']),
        `the case id ${id} is taken by the case at line ${lineOf(placeOf(located, ['cases', first, 'id']))}; give each case its own`,
      );
    }
    own.set(id, prepareAll(located, checks, ['cases', index, 'checks']));
  }
  return {
    file,
    suite,
    hash: suiteHash(suite),
    checksOf: (id) => [...shared, ...(own.get(id) ?? [])],
    located,
  };
}

/** Checks ready to be asked. Throws `invalid_suite` with the line of the one at fault. */
export const prepareAll = (
  located: Located,
  uses: readonly CheckUse[],
  path: readonly PropertyKey[],
): readonly PreparedCheck[] =>
  uses.map((use, index) => {
    try {
      return prepareCheck(use);
    } catch (error) {
      if (!(error instanceof CheckFault)) throw error;
      throw faultAt(placeOf(located, [...path, index, ...error.path]), error.message, error);
    }
  });

const lineOf = (place: string): string => place.slice(place.lastIndexOf(':') + 1);
