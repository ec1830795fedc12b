import type { Why } from '../../contract/why.ts';
import type { Subject } from './subject.ts';

/**
 * The error is one of the platform's own (rate limit, timeout, no connection …). Outranks the default layer,
 * because the error itself says where it arose.
 */
export function platformError({ category, exemplars, signal }: Subject): Why | null {
  if (category !== 'infrastructure_error' || signal === null) return null;
  const shown = exemplars.flatMap((exemplar) =>
    (exemplar.signal?.evidence.slice(0, 1) ?? []).map((each) => ({
      ...each,
      traceId: exemplar.trace.id,
    })),
  );
  if (shown.length === 0) return null;
  return {
    statement: 'Likely because a service that the application depends on failed',
    layer: 'platform',
    evidence: shown.slice(0, 2),
  };
}
