import type { Redaction } from '../../contract/redaction.ts';
import type { Thread } from '../../numeric/numeric.ts';
import { count } from '../../text/format.ts';
import { type Problem, RequestError } from '../http/problem.ts';
import type { EncodedArrival } from '../ingest/encoded-arrival.ts';
import type { BodyKind, ReadBody } from './body-readers.ts';

/** A body with what is needed to make rows of it. */
export interface DecodeRequest {
  readonly kind: BodyKind;
  /** See `BODY_READERS`. */
  readonly id: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** `content-encoding`, in lower case. */
  readonly encoding: string;
  /** Bytes after decompression. */
  readonly limit: number;
  readonly project: string;
  readonly format: string;
  readonly redaction: Redaction;
  readonly keepDays: number;
  /** Epoch milliseconds; see `encodeArrival`. */
  readonly now: number;
}

export interface DecodedBody {
  readonly arrival: EncodedArrival;
  readonly problems: ReadBody['problems'];
  readonly ids: readonly string[];
  readonly refused: NonNullable<ReadBody['refused']>;
}

export type DecodeAnswer =
  | ({ readonly kind: 'decoded' } & DecodedBody)
  | { readonly kind: 'refused'; readonly problem: Problem; readonly stack: string };

/** Unpacks, reads, redacts and encodes bodies beside the thread that answers requests. */
export interface Decoders {
  /** @throws RequestError for a body that cannot be read; 503 where its thread died: another takes its place. */
  decode(request: DecodeRequest): Promise<DecodedBody>;
  /** Bodies that wait for a thread. */
  readonly waiting: () => number;
  close(): Promise<void>;
}

export interface DecodersOptions {
  /** Starts a thread that runs `decodeWorkerModule()`. */
  readonly spawn: () => Thread;
  readonly threads: number;
  /** Faults that no client caused. */
  readonly onError: (error: unknown) => void;
}

/** Bodies that a thread is given at a time: one to work on and one to go on with. */
const AHEAD = 2;

/** Milliseconds until another thread is started after the second that died; twice as long after each more. */
const FIRST_REST = 200;
const LONGEST_REST = 10_000;

export function decoders({ spawn, threads, onError }: DecodersOptions): Decoders {
  const lanes: Lane[] = Array.from({ length: threads }, () => ({
    ...{ thread: null, given: [], deaths: 0, rest: null },
  }));
  const queue: Task[] = [];
  let closed = false;

  /** Threads that died one after the other without an answer; told at the first, the tenth, the hundredth, … */
  const died = (lane: Lane, reason: unknown): void => {
    lane.deaths++;
    if (!Number.isInteger(Math.log10(lane.deaths))) return;
    const times = lane.deaths === 1 ? '' : `, ${count(lane.deaths)} times in a row`;
    onError(new Error(`a thread that decodes bodies died${times}: ${firstLine(reason)}`));
  };
  /** The first that dies is replaced at once; those after it, after a rest, in which what comes is put off. */
  const rest = (lane: Lane): void => {
    if (lane.deaths < 2) return;
    lane.rest = setTimeout(
      () => {
        lane.rest = null;
        next();
      },
      Math.min(LONGEST_REST, FIRST_REST * 2 ** (lane.deaths - 2)),
    ).unref();
  };

  const start = (lane: Lane): Thread => {
    const thread = spawn();
    lane.thread = thread;
    thread.listen(
      (message) => {
        lane.deaths = 0;
        lane.given.shift()?.done.resolve(message as DecodeAnswer);
        next();
      },
      (reason) => {
        if (lane.thread !== thread) return;
        lane.thread = null;
        for (const { done } of lane.given.splice(0)) done.reject(lost(reason));
        if (closed) return;
        died(lane, reason);
        rest(lane);
        next();
      },
    );
    return thread;
  };
  const next = (): void => {
    const working = lanes.filter((lane) => lane.rest === null);
    if (working.length === 0)
      for (const { done } of queue.splice(0)) done.reject(lost('it cannot be started'));
    while (queue.length > 0) {
      const lane = working.reduce((a, b) => (b.given.length < a.given.length ? b : a));
      if (lane.given.length >= AHEAD) return;
      const task = queue.shift() as Task;
      lane.given.push(task);
      (lane.thread ?? start(lane)).post(task.request, [task.request.body.buffer]);
    }
  };

  return {
    async decode(request) {
      const done = Promise.withResolvers<DecodeAnswer>();
      queue.push({ request, done });
      next();
      const answer = await done.promise;
      if (answer.kind === 'decoded') return answer;
      if (answer.problem.status === 500) onError(answer.stack);
      throw new RequestError(answer.problem);
    },
    waiting: () => queue.length,
    async close() {
      closed = true;
      for (const { rest } of lanes) if (rest !== null) clearTimeout(rest);
      await Promise.all(lanes.map(({ thread }) => thread?.close()));
    },
  };
}

interface Task {
  readonly request: DecodeRequest;
  readonly done: PromiseWithResolvers<DecodeAnswer>;
}

interface Lane {
  thread: Thread | null;
  /** In the order in which they are answered. */
  readonly given: Task[];
  /** Threads that died since the last answer. */
  deaths: number;
  /** Until when no other is started. */
  rest: NodeJS.Timeout | null;
}

const firstLine = (reason: unknown): string =>
  String(reason).split('\n', 1)[0]?.slice(0, 500) ?? '';

/** Nothing of the request was stored, so it may be sent again. */
const lost = (reason: unknown): RequestError =>
  new RequestError({
    status: 503,
    code: 'decoder_died',
    detail: `the thread that decoded the request died (${firstLine(reason)}); send it again, in smaller batches if it fails again`,
    retryAfter: 1,
  });

/** The module that a thread of `decoders` runs. */
export function decodeWorkerModule(): URL {
  const file = import.meta.url.endsWith('.ts') ? 'worker.ts' : 'worker.js';
  return new URL(`./${file}`, import.meta.url);
}
