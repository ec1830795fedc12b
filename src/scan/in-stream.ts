import { absentColumn, tally } from '../collect/collect.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import { detection, detectOptions, firstPass } from '../detect/detect.ts';
import type { ScanDeps, Scanned, ScanOptions, TraceStream } from './scan-parts.ts';

/**
 * Both passes over traces that are read again for the second, so that any number of them can be looked at.
 * @throws CulpritError `no_traces` for none, `invalid_option` for columns, which traces do not have, `aborted`.
 */
export async function scanStream(
  { name, open }: TraceStream,
  options: ScanOptions,
  { progress, signal, frozen }: ScanDeps,
): Promise<Scanned> {
  const absent = absentColumn(options.columns, []);
  if (absent !== null) throw absent;
  const pass = async function* (step: 'collect' | 'detect') {
    let done = 0;
    for await (const traces of open()) {
      if (signal?.aborted)
        throw new CulpritError('aborted', 'the scan was stopped', { cause: signal.reason });
      yield traces;
      done += traces.length;
      progress?.(step, done, null);
    }
  };

  const counted = tally();
  const file = counted.file(name);
  const first = firstPass(detectOptions(options));
  for await (const traces of pass('collect')) {
    for (const trace of traces) {
      counted.trace(trace);
      file.records++;
      const { format } = trace.origin;
      file.formats.set(format, (file.formats.get(format) ?? 0) + 1);
    }
    first.add(traces);
  }
  if (counted.traceCount() === 0)
    throw new CulpritError('no_traces', `there are no traces in ${name}`);
  const own = first.finish();
  const facts = frozen ?? own;
  const second = detection(options, facts, own.traces);
  for await (const traces of pass('detect')) second.add(traces);
  return { detected: second.finish(), facts, collected: counted.report() };
}
