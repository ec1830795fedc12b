import * as z from 'zod';
import type { CheckOutcome } from '../contract/check-use.ts';
import { type CheckUse, checkUseSchema } from '../contract/check-use.ts';
import { suiteSchema } from '../contract/suite.ts';
import { type Answer, type Detector, defineDetector, inconclusive } from '../detect/define.ts';
import type { Run } from '../detect/run/run.ts';
import type { CheckServices, CheckSubject } from './checks/define.ts';
import { judgeParams } from './checks/other/judge.ts';
import { scriptOutcome, scriptParams } from './checks/other/script.ts';
import { subjectOf } from './checks/subject.ts';
import { checkNamed, type PreparedCheck } from './checks/use-check.ts';
import { checkedYaml, type Located, parseYaml, plainValue } from './suite/located.ts';
import { prepareAll } from './suite/parse-suite.ts';

const fileSchema = z.union([
  z.array(checkUseSchema),
  z.strictObject({ checks: z.array(checkUseSchema) }),
]);

/** The checks of a file, as an analysis takes them. */
export interface FileChecks {
  /** One for each check that code answers: it finds a failure where the check fails. */
  readonly detectors: readonly Detector[];
  /** What a model has to be asked: the failures of `judge`. */
  readonly questions: readonly string[];
}

/**
 * Reads a file of checks: a list, a mapping with `checks`, or a suite.
 * @throws CulpritError `invalid_suite` with file and line, and what `script` throws for a module.
 */
export async function checksOfFile(
  text: string,
  file: string,
  script: NonNullable<CheckServices['script']>,
): Promise<FileChecks> {
  const located = parseYaml(text, file);
  const uses = usesIn(located);
  const prepared = prepareAll(located, uses, Array.isArray(plainValue(located)) ? [] : ['checks']);
  const taken = new Map<string, number>();
  const detectors: Detector[] = [];
  const questions: string[] = [];
  for (const each of prepared) {
    const { check, params } = each.use;
    if (check === 'judge') {
      questions.push(judgeParams.parse(params).failure);
      continue;
    }
    await each.load();
    const times = (taken.get(check) ?? 0) + 1;
    taken.set(check, times);
    const id = times === 1 ? `check_${check}` : `check_${check}_${times}`;
    detectors.push(
      detectorOf(each.use, id, check === 'script' ? await atOnce(each, script) : each.ask),
    );
  }
  return { detectors, questions };
}

function usesIn(located: Located): readonly CheckUse[] {
  const value = plainValue(located);
  if (typeof value === 'object' && value !== null && 'cases' in value)
    return checkedYaml(located, suiteSchema, 'a suite').checks;
  const parsed = checkedYaml(located, fileSchema, 'a file of checks');
  return 'checks' in parsed ? parsed.checks : parsed;
}

type Ask = PreparedCheck['ask'];

/** A function of the user's, loaded; a detector has no time to wait for what it answers. */
async function atOnce(
  { use }: PreparedCheck,
  script: NonNullable<CheckServices['script']>,
): Promise<Ask> {
  const { file, params } = scriptParams.parse(use.params);
  const asked = await script(file);
  return ({ trace, run }: CheckSubject): CheckOutcome => {
    const returned = asked(trace, params);
    if (returned instanceof Promise) {
      returned.catch(() => {});
      throw new Error(`${file} returned a promise; in an analysis it must answer at once`);
    }
    return scriptOutcome(file, returned, run);
  };
}

function detectorOf(use: CheckUse, id: string, ask: Ask): Detector {
  const { passes } = checkNamed(use.check);
  const says = use.why ?? (use.negate === true ? `Not so: ${passes}` : passes);
  const category = { name: `Check ${use.check}`, definition: says, severity: 3, fixCost: 3 };
  return defineDetector({
    id,
    finds: `a failed check: ${use.check}`,
    category: { ...category, layer: 'prompt' },
    detect(run, file) {
      const outcome = ask({ ...subjectOf(run.trace, { file, options: run.options }), run });
      return outcome instanceof Promise ? CANNOT_TELL : answerOf(outcome, use, run);
    },
  });
}

function answerOf({ verdict, evidence }: CheckOutcome, { check, why }: CheckUse, run: Run): Answer {
  if (verdict === 'cannot_tell') return CANNOT_TELL;
  if (verdict === 'pass') return null;
  const quotes =
    evidence.length > 0
      ? evidence
      : [run.quote('/output', run.output) ?? run.quote('/input', run.input)];
  return run.finding({
    cause: [],
    statement: `The check ${check} fails${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}`,
    evidence: quotes,
    confidence: 1,
  });
}

const CANNOT_TELL = inconclusive('the check cannot tell');
