import { finishTrace } from './finish-trace.ts';
import type { FinishedRows, ProjectJudging } from './finished-trace.ts';
import type { FinishAnswer, FinishRequest } from './finisher.ts';

/** What a thread that finishes traces runs. */
const judgings = new Map<string, ProjectJudging>();

export function answer(message: unknown): FinishAnswer {
  const request = message as FinishRequest;
  if (request.kind === 'judging') {
    judgings.set(request.project, request.judging);
    return { rows: { traces: [], signals: [] }, failures: [] };
  }
  const done: FinishedRows[] = [];
  const failures: string[] = [];
  for (const trace of request.traces) {
    const judging = judgings.get(trace.project);
    try {
      if (judging === undefined) throw new Error(`no project ${trace.project}`);
      done.push(finishTrace(trace, judging));
    } catch (error) {
      failures.push(`trace ${trace.traceId.slice(0, 100)}: ${String(error).slice(0, 200)}`);
    }
  }
  return {
    rows: {
      traces: done.flatMap(({ traces }) => traces),
      signals: done.flatMap(({ signals }) => signals),
    },
    failures,
  };
}
