import type { Embedder } from '../contract/embedder.ts';
import type {
  GuardAction,
  GuardAnswer,
  GuardFinding,
  GuardReport,
  GuardRule,
} from '../contract/guard.ts';
import type { Judge } from '../contract/judge.ts';
import type { PolicyDefinition } from '../contract/policy.ts';
import { detectOptions, policyFrom } from '../detect/detect.ts';
import { isRecord } from '../text/json.ts';
import { GuardCount } from './guard-count.ts';
import { type GuardModel, guardModelOf } from './guard-model.ts';
import { learnedRule } from './learned-rule.ts';
import { type Ask, preparedRules } from './prepared-rules.ts';
import { MOST_CHARACTERS, readRun } from './read-run.ts';
import { starterRules } from './starter-rules.ts';

export interface GuardSettings {
  /** Null: the starter rules. */
  readonly rules: readonly GuardRule[] | null;
  /** Null: the starter policy. */
  readonly policy: PolicyDefinition | null;
  readonly learned: GuardModel | null;
  readonly judge: Judge | null;
  /** Milliseconds after which no answer is waited for. */
  readonly deadline: number;
  /** What the action is at least, where a check gave no answer in time: `allow` fails open, `block` fails closed. */
  readonly late: GuardAction;
  /** Allow everything, and say what would be done. */
  readonly shadow: boolean;
}

export interface GuardDeps {
  /** Milliseconds that never go back. */
  readonly clock: () => number;
  readonly embedder: Embedder;
}

/** A model as a guard uses it. Throws what `guardModelOf` throws. */
export const guardModel = guardModelOf;

/** Looks at requests and answers. */
export interface Guard {
  /**
   * What to do with a request (no output yet) or an answer: any record that `analyze` takes as a line. One with
   * `failed: false` is sound, for the rate of false alarms.
   * @param since From when on the deadline counts, by the guard's clock. Default: now.
   * @throws CulpritError `invalid_input` for what is no such record.
   */
  readonly ask: (record: unknown, since?: number) => Promise<GuardAnswer>;
  /** How often it has found something so far. */
  readonly report: () => GuardReport;
}

/**
 * A guard ready to be asked.
 * @throws CulpritError `invalid_option` for an unknown check, parameters it does not take, a policy that contradicts itself.
 */
export async function guardOf(settings: GuardSettings, deps: GuardDeps): Promise<Guard> {
  const { policy, learned, judge, shadow } = settings;
  const options = detectOptions({
    scores: [],
    stepBudget: learned?.model.options.stepBudget ?? 50,
    policy: policy === null ? null : policyFrom(policy, 'policy'),
  });
  const rules: readonly Ask[] = [
    ...(await preparedRules(settings.rules ?? starterRules, {
      options,
      file: learned?.model.facts ?? null,
      judge,
    })),
    ...(learned === null ? [] : [learnedRule(learned, deps.embedder)]),
  ];
  const counted = new GuardCount();
  return {
    ask: async (record, start = deps.clock()) => {
      const found = await askAll(record, rules, start + settings.deadline, deps);
      const action = actionOf(found, settings.late);
      counted.add(action, found, isLabeledSound(record));
      return {
        action: shadow ? 'allow' : action,
        shadow: shadow ? action : null,
        ...found,
        milliseconds: Math.round((deps.clock() - start) * 1000) / 1000,
      };
    },
    report: () => counted.report(),
  };
}

const isLabeledSound = (record: unknown): boolean => isRecord(record) && record['failed'] === false;

type Found = Pick<GuardAnswer, 'findings' | 'unanswered'>;

/** Checks that need no model answer at once, one after the other; a judge is waited for until the deadline. */
async function askAll(
  record: unknown,
  rules: readonly Ask[],
  end: number,
  { clock }: GuardDeps,
): Promise<Found> {
  const trace = readRun(record);
  if (trace === null)
    return {
      findings: [],
      unanswered: [
        { check: 'size', why: `the run has more than ${MOST_CHARACTERS} characters as JSON` },
      ],
    };
  const findings: GuardFinding[] = [];
  const unanswered: Found['unanswered'][number][] = [];
  const waiting: Promise<void>[] = [];
  const take = (finding: Awaited<ReturnType<Ask['ask']>>): void => {
    if (finding === null) return;
    if ('why' in finding) unanswered.push(finding);
    else findings.push(finding);
  };
  for (const { check, ask } of rules) {
    if (clock() >= end) {
      unanswered.push({ check, why: LATE });
      continue;
    }
    const answer = ask(trace);
    if (!(answer instanceof Promise)) take(answer);
    else
      waiting.push(
        inTime(answer, end - clock()).then((each) => take(each ?? { check, why: LATE })),
      );
  }
  await Promise.all(waiting);
  return {
    findings: findings.toSorted((a, b) => RANK[b.action] - RANK[a.action]),
    unanswered,
  };
}

const LATE = 'no answer before the deadline';

/** The answer, or null once the time is up; what comes later is nobody's. */
async function inTime<Value>(answer: Promise<Value>, milliseconds: number): Promise<Value | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), Math.max(0, milliseconds));
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const RANK: Readonly<Record<GuardAction, number>> = { allow: 0, flag: 1, block: 2 };

function actionOf({ findings, unanswered }: Found, late: GuardAction): GuardAction {
  const actions = [
    ...findings.map(({ action }) => action),
    ...(unanswered.length > 0 ? [late] : []),
  ];
  return actions.reduce<GuardAction>((a, b) => (RANK[b] > RANK[a] ? b : a), 'allow');
}
