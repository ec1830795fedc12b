import { tally } from '../collect/collect.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';
import { detection, detectOptions, firstPass } from '../detect/detect.ts';
import type { Scanned, ScanOptions } from './scan-parts.ts';

/** Both passes over traces in memory, on this thread. Throws `empty_input` for none. */
export function scanInMemory(traces: readonly Trace[], options: ScanOptions): Scanned {
  if (traces.length === 0) throw new CulpritError('empty_input', 'there are no traces');
  const counted = tally();
  for (const trace of traces) counted.trace(trace);
  const first = firstPass(detectOptions(options));
  first.add(traces);
  const facts = first.finish();
  const second = detection(options, facts);
  second.add(traces);
  return { detected: second.finish(), facts, collected: counted.report() };
}
