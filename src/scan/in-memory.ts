import { absentColumn, tally } from '../collect/collect.ts';
import { CulpritError } from '../contract/culprit-error.ts';
import type { Trace } from '../contract/trace.ts';
import { detection, detectOptions, firstPass } from '../detect/detect.ts';
import type { ScanDeps, Scanned, ScanOptions } from './scan-parts.ts';

/** Traces between two checks of the signal. */
const BATCH = 200;

/**
 * Both passes over traces in memory, on this thread. Progress counts traces.
 * @throws CulpritError `empty_input` for none, `invalid_option` for columns, which traces do not have, `aborted`.
 */
export async function scanInMemory(
  traces: readonly Trace[],
  options: ScanOptions,
  { progress, signal, frozen }: ScanDeps,
): Promise<Scanned> {
  if (traces.length === 0) throw new CulpritError('empty_input', 'there are no traces');
  const absent = absentColumn(options.columns, []);
  if (absent !== null) throw absent;
  const pass = async (
    step: 'collect' | 'detect',
    add: (batch: readonly Trace[]) => void,
  ): Promise<void> => {
    for (let at = 0; at < traces.length; at += BATCH) {
      if (signal?.aborted)
        throw new CulpritError('aborted', 'the scan was stopped', { cause: signal.reason });
      add(traces.slice(at, at + BATCH));
      progress?.(step, Math.min(at + BATCH, traces.length), traces.length);
      // Lets an abort take effect.
      await new Promise((resume) => setTimeout(resume));
    }
  };

  const counted = tally();
  const first = firstPass(detectOptions(options));
  await pass('collect', (batch) => {
    for (const trace of batch) counted.trace(trace);
    first.add(batch);
  });
  const own = first.finish();
  const facts = frozen ?? own;
  const second = detection(options, facts, own.traces);
  await pass('detect', (batch) => second.add(batch));
  return { detected: second.finish(), facts, collected: counted.report() };
}
