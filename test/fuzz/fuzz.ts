import { Worker } from 'node:worker_threads';

export interface FuzzOptions {
  readonly seed: number;
  readonly from?: number;
  readonly count: number;
  /** An input that takes longer hangs. */
  readonly patienceMs: number;
  readonly onProgress?: (done: number) => void;
}

export interface FuzzFault {
  readonly index: number;
  readonly what: string;
}

/** Tries inputs one after another in a thread of their own; one that hangs or crashes is noted, and the next is tried. */
export async function fuzz(options: FuzzOptions): Promise<readonly FuzzFault[]> {
  const faults: FuzzFault[] = [];
  const first = options.from ?? 0;
  for (let from = first; from < first + options.count; ) {
    from = await stretch(options, from, first + options.count, faults);
  }
  return faults;
}

/** Runs to the end, or to an input that ends the thread; returns where to go on. */
function stretch(
  { seed, patienceMs, onProgress }: FuzzOptions,
  from: number,
  to: number,
  faults: FuzzFault[],
): Promise<number> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { seed, from, to },
    resourceLimits: { maxOldGenerationSizeMb: 600 },
  });
  return new Promise((resolve) => {
    let at = from;
    let end = to;
    const give = (what: string): void => {
      faults.push({ index: at, what });
      end = at + 1;
    };
    const hang = (): void => {
      give(`hangs: over ${patienceMs} ms`);
      void worker.terminate();
    };
    let timer = setTimeout(hang, patienceMs);
    worker.on('message', ({ index, fault }: { index: number; fault: string | null }) => {
      clearTimeout(timer);
      timer = setTimeout(hang, patienceMs);
      at = index;
      if (fault !== null) faults.push({ index, what: fault });
      else onProgress?.(index);
    });
    worker.on('error', (error) => give(`ends the thread: ${String(error).slice(0, 600)}`));
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(end);
    });
  });
}
