import { type Collection, collect } from '../collect/collect.ts';
import type { ByteSource } from '../contract/byte-source.ts';
import type { Trace } from '../contract/trace.ts';
import { detection, detectOptions, firstPass } from '../detect/detect.ts';
import { oneAfterTheOther } from './one-after-the-other.ts';
import type { ScanDeps, Scanned, ScanOptions } from './scan-parts.ts';

/** Traces of inputs up to this many bytes stay in memory for the second pass, at about four times the size. */
const KEPT_BYTES = 20 * 1024 * 1024;
/** Tiny rows take a hundred times their size in memory. */
const KEPT_TRACES = 50_000;

/** Both passes on this thread, one trace at a time. */
export async function scanInOrder(
  sources: readonly ByteSource[],
  options: ScanOptions,
  { progress, signal, frozen }: ScanDeps,
  /** From this source on they are another input. */
  otherFrom: number | null = null,
): Promise<Scanned> {
  const open = (step: 'collect' | 'detect'): Collection => {
    const made = (some: readonly ByteSource[]): Collection =>
      collect(some, {
        map: options.columns,
        ...(signal && { signal }),
        progress: (bytes, total) => progress?.(step, bytes, total),
      });
    return otherFrom === null
      ? made(sources)
      : oneAfterTheOther(made(sources.slice(0, otherFrom)), made(sources.slice(otherFrom)));
  };

  const collection = open('collect');
  const first = firstPass(detectOptions(options));
  const isSmall = sources.every(({ size }) => (size ?? 0) <= KEPT_BYTES);
  let kept: (readonly Trace[])[] | null = isSmall ? [] : null;
  let count = 0;
  for await (const traces of collection.traces()) {
    first.add(traces);
    count += traces.length;
    if (collection.bytes() > KEPT_BYTES || count > KEPT_TRACES) kept = null;
    kept?.push(traces);
  }

  const own = first.finish();
  const facts = frozen ?? own;
  const second = detection(options, facts, own.traces);
  for await (const traces of kept ?? open('detect').traces()) second.add(traces);
  return { detected: second.finish(), facts, collected: collection.report() };
}
