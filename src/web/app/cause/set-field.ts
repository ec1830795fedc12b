import type { CauseDecisions, Change } from '../../../contract/decision.ts';

/** Sets what people say of a cause; null takes it back. */
export const setField = <Field extends keyof CauseDecisions>(
  cause: string,
  field: Field,
  value: NonNullable<CauseDecisions[Field]> | null,
): Change => ({ kind: 'cause', subject: cause, field, value });
