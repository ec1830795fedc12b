import { CulpritError } from '../../contract/culprit-error.ts';
import type { GuardAnswer } from '../../contract/guard.ts';
import { type GuardDefinition, guardDefinitionSchema } from '../../contract/guard-definition.ts';
import type { Thread } from '../../numeric/numeric.ts';
import { RequestError } from '../http/problem.ts';
import {
  type GuardDefinitions,
  type GuardQuestion,
  type GuardReply,
  type GuardRequest,
  type NamedReport,
  sharedClock,
} from './guard-thread.ts';

/** The guards that applications ask over HTTP, on a thread of their own: neither it nor what it reads delays what is received. */
export interface Guards {
  /**
   * What the guard says by its deadline; without an answer by then, what it does when late.
   * @throws RequestError 404 for a name that the operator did not give, 400 for what is no request or answer.
   */
  ask(question: Omit<GuardQuestion, 'since'>): Promise<GuardAnswer>;
  /** What each guard has found in a project since the start. */
  reports(project: string): Promise<readonly NamedReport[]>;
  /**
   * Loads the guards that the operator named, if there are any; otherwise the first question does.
   * @throws CulpritError `invalid_option` for one that cannot be used.
   */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface GuardsOptions {
  /** By name. `default` is added where it is missing: the starter rules, in shadow mode. */
  readonly definitions: GuardDefinitions;
  /** Starts a thread that runs `guardWorkerModule()`. */
  readonly spawn: () => Thread;
  /** Faults that no client caused. */
  readonly onError: (error: unknown) => void;
}

/** Which is asked where no other is named. */
export const DEFAULT_GUARD = 'default';

/** Questions that wait at a time; more are answered at once, as late. */
const MOST_WAITING = 500;
/** A thread that gives no answer for so long hangs. */
const HANG_MS = 30_000;
/** Milliseconds between the death of a thread and the start of the next. */
const REST_MS = 1_000;
/** Milliseconds for the way from the thread, beyond the deadline. */
const GRACE_MS = 5;

export function guards({ definitions, spawn, onError }: GuardsOptions): Guards {
  const all: GuardDefinitions = {
    [DEFAULT_GUARD]: guardDefinitionSchema.parse({}),
    ...definitions,
  };
  let running: Promise<Running> | null = null;
  let diedAt = Number.NEGATIVE_INFINITY;
  let isClosed = false;

  /** A thread with the guards loaded. */
  const started = (): Promise<Running> => {
    if (isClosed) return Promise.reject(new Error('the server is closing'));
    if (running !== null) return running;
    if (sharedClock() - diedAt < REST_MS)
      return Promise.reject(new Error('the thread of guards has just died'));
    const opening = open();
    running = opening;
    opening.catch(() => {
      if (running === opening) running = null;
    });
    return opening;
  };
  const open = async (): Promise<Running> => {
    const thread = spawn();
    const made = runningOn(thread, (reason) => {
      running = null;
      diedAt = sharedClock();
      if (!isClosed)
        onError(new Error(`the thread of guards died: ${String(reason).slice(0, 500)}`));
    });
    const reply = await made.send({ kind: 'open', guards: all });
    if (reply.kind !== 'failed') return made;
    await thread.close();
    throw new CulpritError('invalid_option', reply.reason, { option: 'config' });
  };

  return {
    async ask({ guard, ...question }) {
      const definition = Object.hasOwn(all, guard) ? all[guard] : undefined;
      if (definition === undefined) throw noSuchGuard(guard, all);
      const isLoaded = running !== null;
      let since = sharedClock();
      let thread: Running;
      try {
        thread = await (running ?? started());
        // Whoever asks first waits for the guards to load; the deadline is for the answer.
        if (!isLoaded) since = sharedClock();
      } catch (error) {
        onError(error);
        return lateAnswer(definition, 'the guards cannot be loaded', 0);
      }
      if (thread.waiting() >= MOST_WAITING) return lateAnswer(definition, 'the guards are busy', 0);
      const reply = await inTime(
        thread.send({ kind: 'ask', guard, since, ...question }),
        definition.deadline + GRACE_MS,
      );
      if (reply === null)
        return lateAnswer(definition, 'no answer before the deadline', sharedClock() - since);
      if (reply.kind === 'answered') return reply.answer;
      if (reply.kind === 'failed' && reply.isInput)
        throw new RequestError({ status: 400, code: 'invalid_input', detail: reply.reason });
      onError(new Error(reply.kind === 'failed' ? reply.reason : `guards answered ${reply.kind}`));
      return lateAnswer(definition, 'the guard failed', sharedClock() - since);
    },
    async reports(project) {
      const reply = await (await started()).send({ kind: 'report', project });
      if (reply.kind === 'reported') return reply.reports;
      throw new Error(reply.kind === 'failed' ? reply.reason : `guards answered ${reply.kind}`);
    },
    async open() {
      if (Object.keys(definitions).length > 0) await started();
    },
    async close() {
      isClosed = true;
      const open = await running?.catch(() => null);
      await open?.thread.close();
    },
  };
}

interface Running {
  readonly thread: Thread;
  readonly send: (request: Sent) => Promise<GuardReply>;
  readonly waiting: () => number;
}

type Sent = GuardRequest extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'id'>
    : never
  : never;

/** Gives the thread questions and each its answer; when it dies, those that wait fail. */
function runningOn(thread: Thread, onDeath: (reason: unknown) => void): Running {
  const waiting = new Map<number, (reply: GuardReply) => void>();
  let last = 0;
  let isDead = false;
  let timer: NodeJS.Timeout | undefined;
  const died = (reason: unknown): void => {
    if (isDead) return;
    isDead = true;
    clearTimeout(timer);
    for (const [id, done] of waiting)
      done({ id, kind: 'failed', reason: `the thread of guards died: ${reason}`, isInput: false });
    waiting.clear();
    onDeath(reason);
  };
  const watch = (): void => {
    clearTimeout(timer);
    if (waiting.size === 0) return;
    timer = setTimeout(() => {
      void thread.close();
      died(`no answer for ${HANG_MS / 1000} s`);
    }, HANG_MS).unref();
  };
  thread.listen((message) => {
    const reply = message as GuardReply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
    watch();
  }, died);
  return {
    thread,
    waiting: () => waiting.size,
    send(request) {
      const id = ++last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        if (waiting.size === 1) watch();
        thread.post({ ...request, id });
      });
    },
  };
}

/** What a guard does that has no answer in time: `late` says whether it fails open or closed. */
const lateAnswer = (
  { enforce, late }: GuardDefinition,
  why: string,
  milliseconds: number,
): GuardAnswer => ({
  action: enforce ? late : 'allow',
  shadow: enforce ? null : late,
  findings: [],
  unanswered: [{ check: 'guard', why }],
  milliseconds: Math.round(milliseconds * 1000) / 1000,
});

async function inTime<Value>(answer: Promise<Value>, milliseconds: number): Promise<Value | null> {
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), milliseconds);
  try {
    return await Promise.race([answer, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const noSuchGuard = (name: string, all: GuardDefinitions): RequestError =>
  new RequestError({
    ...{ status: 404, code: 'no_such_guard' },
    detail: `the operator's file has no guard ${name}; it has ${Object.keys(all).sort().join(', ')}`,
  });
