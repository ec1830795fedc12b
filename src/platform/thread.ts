import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import type { Thread } from '../numeric/numeric.ts';

/** What a thread needs to begin. */
export interface ThreadStart {
  readonly module: string;
  /** Folder with compiled code: a thread does not use that of the main thread by itself. Null when it is off. */
  readonly compileCache: string | null;
}

/**
 * Starts a thread that imports `module` and sends back what its export `answer` returns, or promises, for each message:
 * promised answers may overtake each other. Memory that
 * its export `handedOver` names in an answer, if there is one, is given away rather than copied.
 * Idle threads do not keep the process alive. A module that cannot be loaded counts as a death.
 */
export function startThread(module: URL): Thread {
  const start: ThreadStart = { module: module.href, compileCache: getCompileCacheDir() ?? null };
  const name = new URL(module.href).pathname.split('/').slice(-2, -1).join('');
  const worker = new Worker(ENTRY, { name, workerData: start, resourceLimits: LIMITS });
  worker.unref();
  let unanswered = 0;
  return {
    post(message, handedOver = []) {
      if (unanswered++ === 0) worker.ref();
      worker.postMessage(message, handedOver);
    },
    listen(onMessage, onDeath) {
      worker.on('message', (message) => {
        if (--unanswered === 0) worker.unref();
        onMessage(message);
      });
      worker.on('error', onDeath);
      worker.on('exit', (code) => onDeath(`exit code ${code}`));
    },
    async close() {
      await worker.terminate();
    },
  };
}

/**
 * Scans create much short-lived garbage. With these limits V8 collects it sooner: a third of the memory at
 * no cost in time. A thread whose objects need more than a gibibyte dies.
 */
const LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 };

const ENTRY: URL = import.meta.url.endsWith('.ts')
  ? new URL('../platform/thread-entry.ts', import.meta.url)
  : new URL('../platform/thread-entry.js', import.meta.url);
