import type { Evidence } from '../../contract/signal.ts';
import { textAt } from '../../trace/text-at.ts';
import { pointer } from '../evidence.ts';
import type { CallSite } from './calls.ts';
import type { Leaf } from './leaves.ts';
import type { Run } from './run.ts';

/** The argument of a call at `path` as evidence, by default all arguments; null when nothing is there. */
export function argumentQuote(run: Run, site: CallSite, path: Leaf['path'] = []): Evidence | null {
  const place = `${site.path}/arguments${pointer(...path)}`;
  return run.quote(place, textAt(run.trace, place) ?? '', site.spanId);
}
