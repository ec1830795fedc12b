import type { CheckOutcome } from '../contract/check-use.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { FileFacts } from '../contract/file-facts.ts';
import type { GuardFinding, GuardRule } from '../contract/guard.ts';
import type { Judge } from '../contract/judge.ts';
import type { Trace } from '../contract/trace.ts';
import { type DetectOptions, prepareCheck, subjectOf } from '../verify/verify.ts';
import { requestAsAnswer } from './read-run.ts';

interface Unanswered {
  readonly check: string;
  readonly why: string;
}

type Said = GuardFinding | Unanswered | null;

/** Something that a guard asks of each run; null where there is nothing to say. */
export interface Ask {
  readonly check: string;
  readonly ask: (trace: Trace) => Said | Promise<Said>;
}

interface RuleParts {
  readonly options: DetectOptions;
  readonly file: FileFacts | null;
  readonly judge: Judge | null;
}

/** Rules with their checks looked up and loaded. Throws `invalid_option` as checks do, and for a judge's rule without one. */
export async function preparedRules(
  rules: readonly GuardRule[],
  { options, file, judge }: RuleParts,
): Promise<readonly Ask[]> {
  const subjects = new WeakMap<Trace, Map<GuardRule['on'], ReturnType<typeof subjectOf>>>();
  /** One of each kind a run, so that what checks read of it is read once. */
  const subjectFor = (trace: Trace, on: GuardRule['on']) => {
    const own = subjects.get(trace) ?? new Map<GuardRule['on'], ReturnType<typeof subjectOf>>();
    subjects.set(trace, own);
    const known = own.get(on);
    if (known !== undefined) return known;
    const seen = on === 'request' ? requestAsAnswer(trace) : trace;
    const made = subjectOf(seen, { options, file, services: { judge } });
    own.set(on, made);
    return made;
  };
  const prepared: Ask[] = [];
  for (const rule of rules) {
    const { check, params, negate } = rule;
    if (check === 'judge' && judge === null)
      throw new CulpritError(
        'invalid_option',
        'a rule with the check judge has nobody to ask: name a judge, or take the rule out',
      );
    const ready = prepareCheck({
      check,
      ...(params !== undefined && { params }),
      ...(negate !== undefined && { negate }),
    });
    await ready.load();
    prepared.push({
      check,
      ask: (trace) => {
        // A request that has no answer yet is not asked about its answer.
        if (rule.on === 'answer' && !hasAnswer(trace)) return null;
        if (rule.on === 'request' && trace.input === '') return null;
        const outcome = ready.ask(subjectFor(trace, rule.on));
        return outcome instanceof Promise
          ? outcome.then((each) => said(each, rule))
          : said(outcome, rule);
      },
    });
  }
  return prepared;
}

const hasAnswer = ({ output, messages }: Trace): boolean =>
  output !== '' || messages.some(({ role }) => role === 'assistant' || role === 'tool');

const POLICY: ReadonlySet<string> = new Set(['request_allowed', 'refusal_under_trigger']);

function said({ verdict, reason, evidence }: CheckOutcome, rule: GuardRule): Said {
  const { check, action, category = check } = rule;
  if (verdict === 'pass') return null;
  if (verdict === 'cannot_tell')
    // What a run does not have, such as passages, is nothing to wait for; a check or a judge that failed is.
    return check === 'judge' || reason.includes('failed:') ? { check, why: reason } : null;
  return {
    by: check === 'judge' ? 'judge' : POLICY.has(check) ? 'policy' : 'rule',
    check,
    category,
    action,
    reason,
    evidence:
      rule.on === 'request'
        ? evidence.map((each) => ({ ...each, path: each.path.replace(/^\/output/, '/input') }))
        : evidence,
  };
}
