import type { Why } from '../../contract/why.ts';
import { signalQuotes } from './quoted.ts';
import type { Subject } from './subject.ts';

/**
 * The error is one of the platform's own (rate limit, timeout, no connection …). Outranks the default layer,
 * because the error itself says where it arose.
 */
export function platformError({ category, exemplars, signal }: Subject): Why | null {
  if (category !== 'infrastructure_error' || signal === null) return null;
  const evidence = signalQuotes(exemplars);
  if (evidence.length === 0) return null;
  return {
    statement: 'Likely because a service that the application depends on failed',
    layer: 'platform',
    evidence,
  };
}
