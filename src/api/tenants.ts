import type { Tenants } from '../contract/tenants.ts';
import type { Trace } from '../contract/trace.ts';
import type { TraceInput } from '../platform/trace-input.ts';
import type { AnalyzeOptions } from './analyze-options.ts';
import { analyzed } from './analyzed.ts';
import type { TraceReader } from './read-traces.ts';

/**
 * Causes by tenant: rates, lifts against the other tenants with the same mix of traffic, and where a cause occurs. Small
 * counts are hidden, so that the result can be shown to people outside.
 *
 * @throws CulpritError what `analyze` throws.
 */
export async function tenants(
  source: TraceInput | TraceReader,
  options: AnalyzeOptions = {},
): Promise<Tenants> {
  const { analysis, detected } = await analyzed(source, options, {
    ledger: { by: 'tenant' },
  });
  const { tenantsIn } = await import('../watch/watch.ts');
  return tenantsIn(analysis, detected.ledger!);
}

/**
 * The traces of one tenant among those that `readTraces` gives, without anything that depends on the others: `analyze`
 * makes of them what it would make of a file that holds this tenant alone.
 *
 * @throws CulpritError `invalid_option` where there is no such tenant, and what `readTraces` throws.
 */
export async function tenantTraces(
  traces: AsyncIterable<Trace>,
  tenant: string,
): Promise<readonly Trace[]> {
  const { aloneTraces } = await import('../watch/watch.ts');
  return aloneTraces(traces, tenant);
}
