import * as z from 'zod';
import {
  type GuardAnswer,
  type GuardReport,
  type GuardRule,
  guardRulesSchema,
} from '../contract/guard.ts';
import type { Judge } from '../contract/judge.ts';
import type { LearnedModel } from '../contract/learned-model.ts';
import { optionsShape, parseOptions } from '../contract/options.ts';
import type { PolicyInput } from '../contract/policy.ts';
import { asNamed } from './as-named.ts';
import { learnDeps } from './learn-deps.ts';

export interface GuardOptions {
  /** Checks of the catalog, each with what follows where it fails. Default: the starter rules. */
  readonly rules?: readonly (Pick<GuardRule, 'check'> & Partial<GuardRule>)[];
  /** What the assistant must not help with. Default: the starter policy. */
  readonly policy?: PolicyInput | null;
  /** A model that `learn` made; it flags, and never blocks. */
  readonly learned?: LearnedModel;
  /** Flag from this probability on. Default: where the bounds of the model say suspect. */
  readonly above?: number;
  /** Answers rules with the check `judge`. */
  readonly judge?: Judge;
  /** Milliseconds after which no answer is waited for. Default 50. */
  readonly deadline?: number;
  /** What the action is at least where a check gave no answer in time. Default `allow`: it fails open. */
  readonly late?: 'allow' | 'flag' | 'block';
  /** False: act on what is found. Default true: allow everything, and say what would be done. */
  readonly shadow?: boolean;
}

/** A guard that is ready to be asked. */
export interface Guard {
  /**
   * What to do with a request or an answer: `{ input }`, `{ input, output }`, `{ messages, tools }`, or any other record that
   * `analyze` takes as a line. `failed: false` says that the run is sound, for the rate of false alarms.
   */
  readonly ask: (record: object) => Promise<GuardAnswer>;
  /** How often it has found something so far. */
  readonly report: () => GuardReport;
}

const guardSchema = z.strictObject({
  rules: guardRulesSchema.unwrap().shape.rules.nullable().default(null),
  policy: optionsShape.policy,
  learned: z
    .custom<LearnedModel>((value) => typeof value === 'object')
    .nullable()
    .default(null),
  above: z.number().min(0).max(1).nullable().default(null),
  judge: z
    .custom<Judge>(
      (value) => typeof value === 'object' && value !== null && 'ask' in value,
      'must be an object with id and ask, as openAiJudge makes',
    )
    .nullable()
    .default(null),
  deadline: z.number().min(1).max(60_000).default(50),
  late: z.enum(['allow', 'flag', 'block']).default('allow'),
  shadow: z.boolean().default(true),
});

/**
 * A guard in this process: rules, policy, a learned model, and a judge if there is one, look at requests and answers.
 * Shadow mode is on unless it is turned off.
 *
 * ```ts
 * const { ask } = await guard({ shadow: false });
 * const { action, findings } = await ask({ input, output });
 * ```
 *
 * @throws CulpritError `invalid_option` for rules, a policy or a model that cannot be used.
 */
export async function guard(options: GuardOptions = {}): Promise<Guard> {
  const { learned, above, ...given } = parseOptions(guardSchema, options, asNamed);
  const [{ guardOf, guardModel }, deps] = await Promise.all([
    import('../guard/guard.ts'),
    learnDeps(),
  ]);
  const settings = { ...given, learned: guardModel(learned, above, deps) };
  const { ask, report } = await guardOf(settings, {
    clock: () => performance.now(),
    embedder: deps.embedder,
  });
  return {
    ask: (record) => ask(record),
    report,
  };
}
