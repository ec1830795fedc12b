import * as z from 'zod';
import { type CheckUse, checkUseSchema } from '../contract/check-use.ts';
import { suiteSchema } from '../contract/suite.ts';
import { type Detector, defineDetector, inconclusive } from '../detect/define.ts';
import { subjectOf } from './checks/subject.ts';
import { checkNamed, type PreparedCheck } from './checks/use-check.ts';
import {
  checkedYaml,
  faultAt,
  type Located,
  parseYaml,
  placeOf,
  plainValue,
} from './suite/located.ts';
import { prepareAll } from './suite/parse-suite.ts';

const fileSchema = z.union([
  z.array(checkUseSchema),
  z.strictObject({ checks: z.array(checkUseSchema) }),
]);

/** Checks that answer at once; a detector has no time to ask a model or to load a module. */
const SLOW: ReadonlySet<string> = new Set(['judge', 'script']);

/**
 * The checks of a file as detectors: one finds a failure where its check fails. The file is a list of checks, a mapping
 * with `checks`, or a suite.
 * @throws CulpritError `invalid_suite` with file and line, also for `judge` and `script`.
 */
export async function checkDetectors(text: string, file: string): Promise<readonly Detector[]> {
  const located = parseYaml(text, file);
  const uses = usesIn(located);
  const path = Array.isArray(plainValue(located)) ? [] : ['checks'];
  const slow = uses.findIndex(({ check }) => SLOW.has(check));
  if (slow >= 0)
    throw faultAt(
      placeOf(located, [...path, slow, 'check']),
      `the check ${uses[slow]!.check} cannot look at every trace: ask a model with --judge and --check, and load a module with --detector`,
    );
  const taken = new Map<string, number>();
  const all = prepareAll(located, uses, path);
  for (const { load } of all) await load();
  return all.map((prepared) => {
    const name = `check_${prepared.use.check}`;
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return detectorOf(prepared, times === 1 ? name : `${name}_${times}`);
  });
}

function usesIn(located: Located): readonly CheckUse[] {
  const value = plainValue(located);
  if (typeof value === 'object' && value !== null && 'cases' in value)
    return checkedYaml(located, suiteSchema, 'a suite').checks;
  const parsed = checkedYaml(located, fileSchema, 'a file of checks');
  return 'checks' in parsed ? parsed.checks : parsed;
}

function detectorOf({ use, ask }: PreparedCheck, id: string): Detector {
  const { passes } = checkNamed(use.check);
  const says = use.why ?? (use.negate === true ? `Not so: ${passes}` : passes);
  return defineDetector({
    id,
    finds: `a failed check: ${use.check}`,
    category: {
      name: `Check ${use.check}`,
      definition: says,
      severity: 3,
      layer: 'prompt',
      fixCost: 3,
    },
    detect(run, file) {
      const outcome = ask({ ...subjectOf(run.trace, { file, options: run.options }), run });
      if (outcome instanceof Promise || outcome.verdict === 'cannot_tell') return CANNOT_TELL;
      if (outcome.verdict === 'pass') return null;
      const [first, ...more] = outcome.evidence;
      const evidence =
        first === undefined
          ? [run.quote('/output', run.output) ?? run.quote('/input', run.input)]
          : [first, ...more];
      return run.finding({
        cause: [],
        statement: `The check ${use.check} fails${use.why === undefined ? '' : `: ${use.why.replace(/\.$/, '')}`}`,
        evidence,
        confidence: 1,
      });
    },
  });
}

const CANNOT_TELL = inconclusive('the check cannot tell');
