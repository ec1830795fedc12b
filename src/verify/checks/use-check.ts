import { closest } from 'fastest-levenshtein';
import type { CheckOutcome, CheckRecord, CheckUse } from '../../contract/check-use.ts';
import { CulpritError } from '../../contract/culprit-error.ts';
import { plainIssue } from '../../contract/plain-issue.ts';
import type { Check, CheckSubject } from './define.ts';
import { detectorChecks } from './other/detector.ts';
import { cannotTell } from './outcome.ts';
import { checks } from './registry.ts';

/** Every check of the catalog: by group, then the detectors. */
export const allChecks = (): readonly Check[] => [
  ...Object.values(checks).flat(),
  ...detectorChecks,
];

const byId: ReadonlyMap<string, Check> = new Map(allChecks().map((check) => [check.id, check]));

/**
 * The check of the name.
 * @throws CheckFault naming the nearest one there is.
 */
export function checkNamed(id: string): Check {
  const check = byId.get(id);
  if (check !== undefined) return check;
  throw new CheckFault(
    `there is no check ${id}; did you mean ${closest(id, [...byId.keys()])}? culprit checks lists them all`,
    ['check'],
  );
}

/** A check ready to be asked, with its parameters parsed. */
export interface PreparedCheck {
  readonly use: CheckUse;
  /** Has to be awaited once before `ask`. */
  readonly load: () => Promise<void>;
  /** Not a promise where the check needs no model and no module. */
  readonly ask: (subject: CheckSubject) => CheckOutcome | Promise<CheckOutcome>;
}

/** Where in a use a fault is, beside the message: the path of keys. */
export class CheckFault extends CulpritError {
  readonly path: readonly PropertyKey[];

  constructor(message: string, path: readonly PropertyKey[], options: ErrorOptions = {}) {
    super('invalid_option', message, options);
    this.path = path;
  }
}

/**
 * Looks the check up and parses its parameters.
 * @throws CheckFault for an unknown check, and for parameters that it does not take.
 */
export function prepareCheck(use: CheckUse): PreparedCheck {
  const check = checkNamed(use.check);
  const { success, data, error } = check.params.safeParse(use.params ?? {});
  if (!success) {
    const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
    const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    throw new CheckFault(
      `parameters of the check ${check.id}: ${issue === undefined ? 'they cannot be read' : plainIssue(issue)}; it takes ${parameterNames(check)}`,
      ['params', ...(issue?.path ?? []), ...keys],
      { cause: error },
    );
  }
  return {
    use,
    load: check.load ?? nothing,
    ask: (subject) => {
      const outcome = guarded(() => check.ask(subject, data), check.id);
      return outcome instanceof Promise
        ? outcome.then((each) => turned(each, use))
        : turned(outcome, use);
    },
  };
}

function parameterNames({ params }: Check): string {
  const names = Object.keys(params.shape);
  return names.length === 0 ? 'none' : names.join(', ');
}

const nothing = (): Promise<void> => Promise.resolve();

const reasonOf = (error: unknown): string =>
  error instanceof CulpritError ? error.message : String(error);

/** A check that fails to answer cannot tell; nothing else is lost. */
function guarded(
  ask: () => CheckOutcome | Promise<CheckOutcome>,
  id: string,
): CheckOutcome | Promise<CheckOutcome> {
  const failed = (error: unknown): CheckOutcome =>
    cannotTell(`the check ${id} failed: ${reasonOf(error).slice(0, 200).split('\n')[0]}`);
  try {
    const outcome = ask();
    return outcome instanceof Promise ? outcome.catch(failed) : outcome;
  } catch (error) {
    return failed(error);
  }
}

const OPPOSITE = { pass: 'fail', fail: 'pass', cannot_tell: 'cannot_tell' } as const;

const turned = (outcome: CheckOutcome, { negate }: CheckUse): CheckOutcome =>
  negate === true ? { ...outcome, verdict: OPPOSITE[outcome.verdict] } : outcome;

/** What every check says of the subject, in order. */
export async function askChecks(
  prepared: readonly PreparedCheck[],
  subject: CheckSubject,
): Promise<CheckRecord[]> {
  const records: CheckRecord[] = [];
  for (const { use, load, ask } of prepared) {
    await load();
    const outcome = await ask(subject);
    records.push({
      check: use.check,
      ...(use.negate === true && { negate: true }),
      ...(use.provisional === true && { provisional: true }),
      ...outcome,
    });
  }
  return records;
}

/**
 * What the checks amount to: fail where one fails, pass where all pass, else cannot tell. Provisional ones decide
 * nothing.
 */
export function verdictOf(records: readonly CheckRecord[]): CheckOutcome['verdict'] {
  const deciding = records.filter(({ provisional }) => provisional !== true);
  if (deciding.some(({ verdict }) => verdict === 'fail')) return 'fail';
  return deciding.length > 0 && deciding.every(({ verdict }) => verdict === 'pass')
    ? 'pass'
    : 'cannot_tell';
}
