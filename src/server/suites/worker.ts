import { parentPort, workerData } from 'node:worker_threads';
import type { SuiteNews, WorkRequest } from './suite-thread.ts';
import { suiteWorkHere } from './suite-work.ts';

/** What the thread of one piece of work runs. */
const port = parentPort!;
const tell = (news: SuiteNews): void => port.postMessage(news);

try {
  const request = workerData as WorkRequest;
  tell({
    kind: 'done',
    result: await (request.kind === 'promote'
      ? suiteWorkHere.promote(request.task)
      : suiteWorkHere.report(request.task)),
  });
} catch (error) {
  const { code = null, message = String(error) } = error as { code?: string; message?: string };
  tell({ kind: 'failed', code, message });
}
port.close();
