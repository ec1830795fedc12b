import type { GuardRule } from '../contract/guard.ts';

const rule = (check: string, more: Partial<GuardRule> = {}): GuardRule => ({
  check,
  on: 'answer',
  action: 'flag',
  ...more,
});

/** What a guard asks where no rules are given: kinds that need nothing of the application to be told. Secrets and attempts to take over block. */
export const starterRules: readonly GuardRule[] = [
  rule('injection', { on: 'request', action: 'block' }),
  rule('invisible_characters', { on: 'request' }),
  rule('secrets', { on: 'request' }),
  rule('secrets', { action: 'block' }),
  rule('personal_data'),
  rule('prompt_leak', { action: 'block' }),
  rule('invisible_characters'),
  rule('injected_data'),
  rule('declared_tools', { action: 'block' }),
  rule('arguments_valid'),
  rule('refusal_under_trigger', { action: 'block' }),
  rule('groundedness_miss'),
  rule('hallucinated_entity'),
];
