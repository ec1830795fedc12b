import type { CaseRole, Register } from '../../contract/suite.ts';
import type { AttemptOutcome, CaseOutcomes, CauseOutcomes } from '../verdict/outcomes.ts';

/** `p` pass, `f` fail, `F` fail with the cause of the suite, `L` fail in a loop, `u` cannot tell, `e` error, `t` timeout. */
const ATTEMPTS: Readonly<Record<string, AttemptOutcome>> = {
  p: { verdict: 'pass' },
  f: { verdict: 'fail' },
  F: { verdict: 'fail', causes: ['fixed'] },
  L: { verdict: 'fail', causes: ['agent_loop same call'] },
  u: { verdict: 'cannot_tell' },
  e: { verdict: 'error', error: { code: 'exit_1', isInfrastructure: false } },
  t: { verdict: 'error', error: { code: 'unreachable', isInfrastructure: true } },
};

const attempts = (letters: string): AttemptOutcome[] =>
  [...letters].map((letter) => ATTEMPTS[letter]!);

/** A case by its attempts: of the baseline, then of the candidate. */
export const makeCase = (
  id: string,
  role: CaseRole,
  baseline: string | null,
  candidate: string,
  parts: Partial<CaseOutcomes> = {},
): CaseOutcomes => ({
  id,
  role,
  broken: null,
  isQuarantined: false,
  candidate: attempts(candidate),
  baseline: baseline === null ? null : attempts(baseline),
  ...parts,
});

export const register: Register = { metric: 'pass_rate', smallestEffect: 0.3, repeats: 5 };

export const makeCause = (
  cases: readonly CaseOutcomes[],
  parts: Partial<CauseOutcomes> = {},
): CauseOutcomes => ({ cause: 'c-1a2b3c4d', severity: 4, register, cases, ...parts });
