import { setImmediate as turn } from 'node:timers/promises';
import type { JudgeBudget } from '../../contract/online-judge.ts';
import type { Trace } from '../../contract/trace.ts';
import type { TelemetryStore, UnjudgedRequest } from '../../store/telemetry/telemetry.ts';
import type { GivenScore, JudgeStore, JudgeUse } from '../../store/workspace/workspace.ts';
import { storedTrace } from '../finish/stored-trace.ts';
import type { MadeCall, PreparedCall, Scorer } from './scorer.ts';

interface TraceScore {
  readonly trace: string;
  readonly score: GivenScore;
}

export interface JudgeRunDeps {
  readonly store: Pick<TelemetryStore, 'unjudged' | 'judgedCounts' | 'stream'>;
  readonly judges: JudgeStore;
  /** Stores scores of a judge with their traces; resolves when they are durable. Storing one twice is harmless. */
  readonly give: (project: string, judge: string, scores: readonly TraceScore[]) => Promise<void>;
  readonly saltOf: (project: string, judge: string) => Promise<string>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** Traces that began before are not scored any more; milliseconds. */
const LOOK_BACK = 86_400_000;
const HOUR = 3_600_000;

/** Calls to a model at a time, and traces that are read for it at once. */
const PARALLEL = 4;
const PAID = 20;
/** Traces that are read at once for what costs nothing. */
const FREE = 200;

/** Milliseconds after a failed call without another; doubled after each more in a row, up to the longest. */
const FIRST_PAUSE = 30_000;
const LONGEST_PAUSE = 15 * 60_000;

/** When calls may be made again after so many in a row have failed. */
export const nextCall = ({ failures, at }: { readonly failures: number; readonly at: number }) =>
  at + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (Math.min(failures, 10) - 1));

/** The traces that wait for a judge of a project. */
export async function waitingFor(
  project: string,
  { name, settings }: JudgeUse,
  without: readonly string[],
  { saltOf, clock }: Pick<JudgeRunDeps, 'saltOf' | 'clock'>,
): Promise<UnjudgedRequest> {
  const { rate, environment } = settings;
  return {
    ...{ project, judge: name, salt: await saltOf(project, name), rate, without },
    from: clock() - LOOK_BACK,
    ...(environment !== '' && { environment }),
  };
}

/**
 * Scores the traces that wait for a judge, those received last first, until none is left, its budget is used up, a call fails
 * or `signal` says so. A run that breaks off anywhere is gone on with by the next: what was asked is not asked again, and
 * what was answered is stored once.
 */
export async function runJudge(
  project: string,
  use: JudgeUse,
  scorer: Scorer,
  signal: AbortSignal,
  deps: JudgeRunDeps,
): Promise<void> {
  const run = scorer.isPaid ? paidBatch : freeBatch;
  if (scorer.isPaid) await writeAnswered({ project, judge: use.name }, deps);
  while (!signal.aborted && (await run(project, use, scorer, signal, deps)));
}

type Batch = (
  project: string,
  use: JudgeUse,
  scorer: Scorer,
  signal: AbortSignal,
  deps: JudgeRunDeps,
) => Promise<boolean>;

/** Whether to go on. */
const paidBatch: Batch = async (project, use, scorer, signal, deps) => {
  const { judges, clock } = deps;
  const place = { project, judge: use.name };
  const { settled, failures, lastFailure } = await judges.calls(place, clock());
  if (lastFailure !== null && clock() < nextCall({ failures, at: lastFailure.at })) return false;
  // Whether an endpoint answers again is tried with one call.
  const most = failures > 0 ? 1 : PAID;
  const waiting = await waitingFor(project, use, settled, deps);
  const prepared = await preparedCalls(
    project,
    await deps.store.unjudged(waiting, most),
    scorer,
    deps,
  );
  const wanted = prepared.map(([trace, call]) => ({ trace, ...call.wanted }));
  let isGood = prepared.length > 0;
  for (let from = 0; from < wanted.length && isGood && !signal.aborted; from += PARALLEL) {
    const { calls, bound } = await judges.reserve(
      place,
      wanted.slice(from, from + PARALLEL),
      use.settings.budget,
      clock(),
    );
    const byTrace = new Map(prepared);
    const made = await Promise.all(
      calls.map(async ({ id, trace }) => {
        const end = await madeCall(byTrace.get(trace) as PreparedCall, signal);
        await judges.settle(
          id,
          end.kind === 'failed'
            ? { state: 'failed', error: end.reason.slice(0, 500) }
            : { state: 'answered', score: end.score, spent: end.spent },
        );
        return end;
      }),
    );
    isGood = bound === null && made.length > 0 && made.every(({ kind }) => kind === 'scored');
  }
  await writeAnswered(place, deps);
  return isGood;
};

const madeCall = (call: PreparedCall, signal: AbortSignal): Promise<MadeCall> =>
  call.make(signal).catch((error: unknown) => ({
    ...{ kind: 'failed', reason: error instanceof Error ? error.message : String(error) },
  }));

/** Stores what was answered, also by a run that broke off. */
async function writeAnswered(
  place: { readonly project: string; readonly judge: string },
  { judges, give }: JudgeRunDeps,
): Promise<void> {
  const answered = await judges.unwritten(place);
  if (answered.length === 0) return;
  await give(place.project, place.judge, answered);
  await judges.markWritten(answered.map(({ id }) => id));
}

/** What costs nothing needs no record of its calls: its scores are the record. */
const freeBatch: Batch = async (project, use, scorer, signal, deps) => {
  const left = await freeCallsLeft(project, use, deps);
  const waiting = await waitingFor(project, use, [], deps);
  const found = await deps.store.unjudged(waiting, Math.min(left, FREE));
  const prepared = await preparedCalls(project, found, scorer, deps);
  const scores: TraceScore[] = [];
  for (const [trace, call] of prepared) {
    // Requests are answered in between.
    await turn();
    const end = await call.make(signal);
    if (end.kind === 'scored') scores.push({ trace, score: end.score });
  }
  if (scores.length === 0) return false;
  await deps.give(project, use.name, scores);
  return left > FREE && found.traceIds.length === FREE;
};

async function freeCallsLeft(
  project: string,
  { name, settings }: JudgeUse,
  { store, clock }: JudgeRunDeps,
): Promise<number> {
  const { callsPerHour, callsPerDay } = await freeCalls(project, name, { store, clock });
  const { budget } = settings;
  return Math.max(
    0,
    Math.min(budget.callsPerHour - callsPerHour, budget.callsPerDay - callsPerDay),
  );
}

/** What a judge that costs nothing has scored. */
export async function freeCalls(
  project: string,
  judge: string,
  { store, clock }: Pick<JudgeRunDeps, 'store' | 'clock'>,
): Promise<Pick<JudgeBudget, 'callsPerHour' | 'callsPerDay'>> {
  const now = clock();
  const counts = await store.judgedCounts(project, judge, {
    hour: now - HOUR,
    day: now - 24 * HOUR,
  });
  return {
    callsPerHour: counts.reduce((sum, { inHour }) => sum + inHour, 0),
    callsPerDay: counts.reduce((sum, { inDay }) => sum + inDay, 0),
  };
}

/** By trace id, in the order in which the traces wait; without those whose records are gone. */
async function preparedCalls(
  project: string,
  { traceIds }: { readonly traceIds: readonly string[] },
  scorer: Scorer,
  { store }: JudgeRunDeps,
): Promise<readonly (readonly [string, PreparedCall])[]> {
  if (traceIds.length === 0) return [];
  const traces = new Map<string, Trace>();
  for await (const { traceId, records, format } of store.stream({ project, ids: traceIds })) {
    const trace = storedTrace(traceId, records, format);
    if (trace !== null) traces.set(traceId, trace);
  }
  return traceIds.flatMap((id) => {
    const trace = traces.get(id);
    return trace === undefined ? [] : [[id, scorer.prepare(trace)] as const];
  });
}
