import type { Evidence } from '../../contract/signal.ts';
import type { CallSite } from './calls.ts';
import type { Run } from './run.ts';

/** The tool's own words, when it complained. */
export const complaint = (run: Run, { result, spanId }: CallSite): Evidence | null =>
  result?.isError === true ? run.quote(result.path, result.text.slice(0, 200), spanId) : null;
