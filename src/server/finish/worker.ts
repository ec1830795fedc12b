import { type FinishTrace, joinedRows, NO_ROWS, traceFinisher } from './finish-trace.ts';
import type { FinishedRows } from './finished-trace.ts';
import type { FinishAnswer, FinishRequest } from './finisher.ts';

/** What a thread that finishes traces runs. */
const finishers = new Map<string, FinishTrace>();

export function answer(message: unknown): FinishAnswer {
  const request = message as FinishRequest;
  if (request.kind === 'judging') {
    finishers.set(request.project, traceFinisher(request.judging));
    return { rows: NO_ROWS, failures: [] };
  }
  const done: FinishedRows[] = [];
  const failures: string[] = [];
  for (const trace of request.traces) {
    const finish = finishers.get(trace.project);
    try {
      if (finish === undefined) throw new Error(`no project ${trace.project}`);
      done.push(finish(trace));
    } catch (error) {
      failures.push(`trace ${trace.traceId.slice(0, 100)}: ${String(error).slice(0, 200)}`);
    }
  }
  return { rows: joinedRows(done), failures };
}
