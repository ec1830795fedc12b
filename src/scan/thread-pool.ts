import type { Thread } from '../numeric/numeric.ts';
import type { ScanThreads } from './scan-parts.ts';
import type { ScanAnswers, ScanReply, ScanRequest } from './share.ts';
import { thisThread } from './this-thread.ts';

type Request<Kind extends ScanRequest['kind']> = Extract<ScanRequest, { kind: Kind }>;

/** A thread ended, for example because it ran out of memory. */
export class ThreadDied extends Error {}

/** A thread works on one while the next waits, so it is never idle between chunks. */
const IN_FLIGHT = 2;

/** Threads that share a scan, including this one. Every request rejects when a thread fails or dies. */
export class ThreadPool {
  readonly #spawned: readonly Member[];
  readonly #here = new Member(thisThread());

  constructor({ size, spawn }: ScanThreads) {
    this.#spawned = Array.from({ length: size - 1 }, () => new Member(spawn()));
  }

  get #members(): readonly Member[] {
    return [...this.#spawned, this.#here];
  }

  /** Sends the same request to every thread. */
  all<Kind extends ScanRequest['kind']>(request: Request<Kind>): Promise<ScanAnswers[Kind][]> {
    return Promise.all(this.#members.map((member) => member.ask(request)));
  }

  /** Sends each request to the next thread with room. */
  async spread<Kind extends ScanRequest['kind']>(
    requests: AsyncIterator<Request<Kind>>,
    onAnswer: (answer: ScanAnswers[Kind], request: Request<Kind>) => void,
  ): Promise<void> {
    let isOver = false;
    const work = async (member: Member): Promise<void> => {
      while (!isOver) {
        const next = await requests.next();
        if (next.done) return;
        onAnswer(await member.ask(next.value), next.value);
      }
    };
    const lanes = this.#spawned.flatMap((member) =>
      Array.from({ length: IN_FLIGHT }, () => member),
    );
    try {
      await Promise.all([...lanes, this.#here].map(work));
    } finally {
      isOver = true;
      await requests.return?.();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.close()));
  }
}

class Member {
  readonly #thread: Thread;
  readonly #waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  #death: Error | null = null;

  constructor(thread: Thread) {
    this.#thread = thread;
    thread.listen(
      (message) => this.#take(message as ScanReply),
      (cause) => this.#die(cause),
    );
  }

  ask<Kind extends ScanRequest['kind']>(request: Request<Kind>): Promise<ScanAnswers[Kind]> {
    return new Promise((resolve, reject) => {
      if (this.#death !== null) return reject(this.#death);
      this.#waiting.push({ resolve: resolve as (answer: unknown) => void, reject });
      this.#thread.post(request);
    });
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  #take(reply: ScanReply): void {
    const asked = this.#waiting.shift();
    if ('failure' in reply) asked?.reject(new Error(`a scan thread failed: ${reply.failure}`));
    else asked?.resolve(reply.answer);
  }

  #die(cause: unknown): void {
    this.#death = new ThreadDied(`a scan thread died: ${String(cause)}`, { cause });
    for (const { reject } of this.#waiting.splice(0)) reject(this.#death);
  }
}
