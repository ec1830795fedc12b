import type { CaseRole, Register } from '../../contract/suite.ts';

/** What one attempt came to. */
export interface AttemptOutcome {
  readonly verdict: 'pass' | 'fail' | 'cannot_tell' | 'error';
  /** Of an error: the same failure has the same code. */
  readonly error?: { readonly code: string; readonly isInfrastructure: boolean };
  /** Causes found in a failing output: `FIXED_CAUSE` for that of the suite. */
  readonly causes?: readonly string[];
}

/** Stands for the cause of the suite among the causes of an attempt. */
export const FIXED_CAUSE = 'fixed';

/** All attempts at one case. */
export interface CaseOutcomes {
  readonly id: string;
  readonly role: CaseRole;
  /** Why the recorded output does not prove the case; null where it does. */
  readonly broken: string | null;
  /** Its failures do not block for now. */
  readonly isQuarantined: boolean;
  readonly candidate: readonly AttemptOutcome[];
  /** Null without a baseline. */
  readonly baseline: readonly AttemptOutcome[] | null;
}

/** The cases of one suite. */
export interface CauseOutcomes {
  readonly cause: string;
  readonly severity: number;
  readonly register: Register;
  readonly cases: readonly CaseOutcomes[];
}
