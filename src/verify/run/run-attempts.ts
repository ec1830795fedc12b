import type { AttemptRecord, RunLine } from '../../contract/eval-run.ts';
import type { AnswerUsage, AttemptRequest, TargetAnswer } from '../../contract/eval-target.ts';
import type { Budget } from '../../contract/suite.ts';
import type { Trace } from '../../contract/trace.ts';
import type { CheckServices } from '../checks/define.ts';
import { type Ledger, openLedger, type Spending, takenBy } from './budget.ts';
import { completeTrace } from './complete-trace.ts';
import { type JudgedAttempt, judgeAttempt } from './judge-attempt.ts';
import { meteredJudge } from './metered-judge.ts';
import { attemptKey, type PlannedAttempt, requestOf } from './plan-attempts.ts';
import type { RunLog } from './run-log.ts';

/** What came of sending one attempt, after retries. */
interface Sent {
  readonly answer: TargetAnswer;
  readonly tries: number;
  /** Of all tries; null where one did not say. */
  readonly usage: AnswerUsage;
  readonly latencyMs: number;
  /** How recorded tool results were used; null where the target's tools were live. */
  readonly replay: AttemptRecord['replay'];
}

/**
 * Sends an attempt to its target. `takeCall` has to be called before each call but the first and says whether the budget
 * allows it.
 */
export type Send = (
  planned: PlannedAttempt,
  request: AttemptRequest,
  parts: { readonly takeCall: () => boolean; readonly signal: AbortSignal },
) => Promise<Sent>;

export interface RunAttempts {
  readonly planned: readonly PlannedAttempt[];
  /** What an earlier process recorded of this run; null for a new one. */
  readonly before: Pick<RunLog, 'attempts' | 'inFlight'> | null;
  readonly seed: number;
  readonly budget: Budget;
  /** What one attempt takes at most, as declared. */
  readonly attemptLimit: Budget;
  readonly concurrency: number;
  readonly send: Send;
  readonly servicesOf: (planned: PlannedAttempt) => CheckServices;
  /** Has kept the line when it returns: an attempt is sent after its line is written. */
  readonly write: (line: RunLine) => void;
  /** Date and time, as ISO 8601. */
  readonly now: () => string;
  readonly signal: AbortSignal;
  readonly progress?: (done: number, total: number, spent: Readonly<Spending>) => void;
}

export interface MadeAttempts {
  /** Without their traces. */
  readonly attempts: readonly AttemptRecord[];
  /** Why not all were made; null when they were. */
  readonly stopped: string | null;
  readonly spent: Readonly<Spending>;
}

/** Makes the attempts that are not recorded yet, several at a time. Stops when told to, and before the budget is exceeded. */
export async function runAttempts(run: RunAttempts): Promise<MadeAttempts> {
  const { planned, before, budget, attemptLimit, signal } = run;
  const attempts = [...(before?.attempts ?? [])];
  const recorded = new Set(attempts.map(attemptKey));
  const open = planned.filter((each) => !recorded.has(keyOf(each)));
  const ledger = openLedger(budget, attemptLimit);
  if (before !== null) settleBefore(ledger, before);
  let next = 0;
  let finished = attempts.length;
  let stopped: string | null = null;
  let ended = Promise.withResolvers<void>();

  const make = async (each: PlannedAttempt): Promise<void> => {
    const record = await makeAttempt(each, run, ledger);
    if (record === null) stopped ??= STOPPED;
    else {
      run.write(record);
      attempts.push({ ...record, trace: null });
      finished += 1;
      run.progress?.(finished, planned.length, ledger.spent);
    }
    ended.resolve();
    ended = Promise.withResolvers();
  };
  const worker = async (): Promise<void> => {
    while (next < open.length && stopped === null) {
      const admitted = signal.aborted ? { stop: STOPPED } : ledger.admit();
      if (admitted === 'wait') await ended.promise;
      else if (admitted === 'start') await make(open[next++]!);
      else stopped = admitted.stop;
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.concurrency, open.length) }, worker));
  return { attempts, stopped, spent: ledger.spent };
}

/** What an earlier process used: its attempts, and once more those that may have been charged twice. */
function settleBefore(
  ledger: Ledger,
  { attempts, inFlight }: NonNullable<RunAttempts['before']>,
): void {
  for (const { usage, status } of attempts) {
    const aside = ledger.reserve(usage.calls);
    ledger.settle(aside, takenBy(usage), status === 'completed');
  }
  const twice = inFlight.size + attempts.filter((each) => each.maybeChargedTwice).length;
  for (let at = 0; at < twice; at += 1)
    ledger.settle(ledger.reserve(1), { tokens: null, dollars: null }, false);
}

/** Why a run ended early that a person stopped; any other reason is its budget. */
export const STOPPED = 'it was stopped';

const keyOf = ({ arm, read, case: { id }, repeat }: PlannedAttempt): string =>
  attemptKey({ arm, cause: read.suite.cause.id, case: id, repeat });

/** Null when it was stopped on the way. */
async function makeAttempt(
  planned: PlannedAttempt,
  { before, seed, send, servicesOf, write, now, signal }: RunAttempts,
  ledger: Ledger,
): Promise<AttemptRecord | null> {
  const { arm, read, repeat } = planned;
  const key = { arm, cause: read.suite.cause.id, case: planned.case.id, repeat };
  let calls = 1;
  const takeCall = (): boolean => {
    const isTaken = ledger.takeCall();
    if (isTaken) calls += 1;
    return isTaken;
  };
  const aside = ledger.reserve(1);
  write({ kind: 'started', ...key, at: now() });
  const request = requestOf(planned, seed);
  let sent: Sent;
  try {
    sent = await send(planned, request, { takeCall, signal });
  } catch (error) {
    ledger.settle(aside, UNKNOWN, false);
    if (signal.aborted) return null;
    throw error;
  }
  const { answer, tries, latencyMs, replay } = sent;
  const services = servicesOf(planned);
  const metered = services.judge === null ? null : meteredJudge(services.judge, signal);
  const { status, error, trace, checks, causes } = await outcomeOf(
    answer,
    planned,
    request,
    metered === null ? services : { ...services, judge: metered.judge },
    replay,
  );
  // What a judge says that was stopped is no answer.
  if (signal.aborted && metered !== null) {
    ledger.settle(aside, UNKNOWN, false);
    return null;
  }
  const judged = metered?.usage() ?? null;
  const usage = {
    ...{ calls, ...sent.usage, latencyMs: Math.round(latencyMs) },
    ...(judged === null ? {} : { judge: judged }),
  };
  ledger.settle(aside, takenBy(usage), answer.kind === 'answered');
  return {
    ...{ kind: 'attempt', ...key, at: now(), status, error, cached: false },
    ...{ isLive: replay === null, replay, trace, checks, causes, usage },
    ...{ tries, maybeChargedTwice: before?.inFlight.has(attemptKey(key)) ?? false },
  };
}

const UNKNOWN: AnswerUsage = { tokens: null, dollars: null };

type Outcome = Pick<AttemptRecord, 'status' | 'error' | 'trace' | 'checks' | 'causes'>;

async function outcomeOf(
  answer: TargetAnswer,
  { read, case: each }: PlannedAttempt,
  request: AttemptRequest,
  services: CheckServices,
  replay: AttemptRecord['replay'],
): Promise<Outcome> {
  if (answer.kind === 'failed') {
    const { code, message, isInfrastructure } = answer;
    return failed({ code, message: message.slice(0, MESSAGE), isInfrastructure });
  }
  const trace = completeTrace(answer.trace, request);
  try {
    const judge = (given: Trace): Promise<JudgedAttempt> =>
      judgeAttempt(read, each, given, services);
    const judged = await judge(trace);
    const call = replay?.divergedAt ?? null;
    const { checks, causes } =
      call === null ? judged : await beforeDivergence(judged, trace, call, judge);
    return { status: 'completed', error: null, trace, checks, causes };
  } catch (error) {
    const message = `a check failed: ${String(error)}`.slice(0, MESSAGE);
    return { ...failed({ code: 'check_failed', message, isInfrastructure: false }), trace };
  }
}

/**
 * After a call without a recording, nothing that a target does is evidence: what its own check said of the run before
 * that call stands where it is a failure, and everything else cannot be told.
 */
async function beforeDivergence(
  { checks }: JudgedAttempt,
  trace: Trace,
  call: number,
  judge: (trace: Trace) => Promise<JudgedAttempt>,
): Promise<Pick<Outcome, 'checks' | 'causes'>> {
  const before = messagesBefore(trace.messages, call);
  const judged =
    before === null
      ? null
      : await judge({ ...trace, messages: before, spans: [], output: lastWords(before) });
  const [own] = judged?.checks ?? [];
  const isDecided = own?.verdict === 'fail';
  return {
    checks: checks.map((each, index) =>
      index === 0 && isDecided ? own : { ...each, verdict: 'cannot_tell', reason: DIVERGED },
    ),
    causes: isDecided ? (judged?.causes ?? []) : [],
  };
}

const DIVERGED =
  'the target made a call that was not recorded, so the rest of the run is no evidence';

const lastWords = (messages: Trace['messages']): string =>
  messages.findLast(({ role }) => role === 'assistant')?.content ?? '';

/** The conversation up to the message with that call of its last turn; null where it has no such call. */
function messagesBefore(messages: Trace['messages'], call: number): Trace['messages'] | null {
  let calls = 0;
  const start = messages.findLastIndex(({ role }) => role === 'user');
  for (let at = start + 1; at < messages.length; at += 1) {
    calls += messages[at]!.toolCalls.length;
    if (calls > call) return messages.slice(0, at);
  }
  return null;
}

const failed = (error: NonNullable<AttemptRecord['error']>): Outcome => ({
  ...{ status: 'error', error, trace: null, checks: [], causes: [] },
});

const MESSAGE = 1_000;
