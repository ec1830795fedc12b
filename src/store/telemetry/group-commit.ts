import { CulpritError } from '../../contract/culprit-error.ts';
import type { EncodedRows, RowTable } from './row-batch.ts';
import { type WriteRows, writeGroup } from './write-rows.ts';

export interface GroupLimits {
  /** A group is written when it has this many rows. Default 5,000. */
  readonly rows?: number;
  /** Or this many bytes. Default 8 MiB. */
  readonly bytes?: number;
  /** Or when its first rows have waited this long, in milliseconds. Default 200; a quarter of it while little comes in. */
  readonly waitMs?: number;
  /** Inserts at a time. Default 2. */
  readonly inserts?: number;
  /** Bytes that may wait, those being written included. Default 64 MiB. */
  readonly queueBytes?: number;
  /** Age in milliseconds of what waits of a table from which on nothing more of it is taken, if all fills a group. Default 2,000. */
  readonly queueMs?: number;
}

/** Joins rows of many callers into few inserts, since each insert makes a part of its own. */
export interface GroupCommit {
  /**
   * Resolves when the rows are written.
   * @throws CulpritError `store_busy` at once for records and scores when too much waits; RowsRefused; what the write throws.
   */
  add(rows: EncodedRows): Promise<void>;
  /** Writes what waits without waiting for more; resolves when nothing is left. */
  drain(): Promise<void>;
  queued(): { readonly rows: number; readonly bytes: number };
}

interface Waiting {
  readonly rows: EncodedRows;
  readonly since: number;
  readonly done: PromiseWithResolvers<void>;
}

interface Queue {
  waiting: Waiting[];
  rows: number;
  bytes: number;
  timer: NodeJS.Timeout | null;
  /** Rows of the last group, from which the next wait follows. */
  last: number;
}

export function groupCommit(write: WriteRows, limits: GroupLimits = {}): GroupCommit {
  const {
    rows: maxRows = 5000,
    bytes: maxBytes = 8 * MEBIBYTE,
    waitMs = 200,
    inserts = 2,
    queueBytes = 64 * MEBIBYTE,
    queueMs = 2000,
  } = limits;
  const queues = new Map<RowTable, Queue>();
  /** Tables with a group that is due, first come first served, but records before all: their senders wait. */
  const due: RowTable[] = [];
  const writing = new Set<Promise<void>>();
  /** Inserts of other tables that are being written; one is left for records. */
  let others = 0;
  const held = { rows: 0, bytes: 0 };

  const queueOf = (table: RowTable): Queue => {
    const known = queues.get(table);
    if (known !== undefined) return known;
    const made: Queue = { waiting: [], rows: 0, bytes: 0, timer: null, last: 0 };
    queues.set(table, made);
    return made;
  };

  const make = (table: RowTable): void => {
    const queue = queueOf(table);
    if (queue.timer !== null) clearTimeout(queue.timer);
    queue.timer = null;
    if (queue.waiting.length > 0 && !due.includes(table)) {
      if (table === 'records') due.unshift(table);
      else due.push(table);
    }
    next();
  };

  const next = (): void => {
    while (writing.size < inserts) {
      const [table] = due;
      if (table === undefined) return;
      const isOther = table !== 'records';
      if (isOther && others > 0 && others >= inserts - 1) return;
      due.shift();
      if (isOther) others += 1;
      const work = commit(table, taken(queueOf(table))).finally(() => {
        if (isOther) others -= 1;
        writing.delete(work);
        next();
      });
      writing.add(work);
    }
  };

  /** A group of at most the limits, and what waits for it; the rest of the queue stays. */
  const taken = (queue: Queue): readonly Waiting[] => {
    let rows = 0;
    let bytes = 0;
    const end = queue.waiting.findIndex((each, at) => {
      if (at > 0 && (rows >= maxRows || bytes + each.rows.bytes.length > maxBytes)) return true;
      rows += each.rows.count;
      bytes += each.rows.bytes.length;
      return false;
    });
    const group = end < 0 ? queue.waiting : queue.waiting.slice(0, end);
    queue.waiting = end < 0 ? [] : queue.waiting.slice(end);
    queue.rows -= rows;
    queue.bytes -= bytes;
    queue.last = rows;
    return group;
  };

  const commit = async (table: RowTable, group: readonly Waiting[]): Promise<void> => {
    await writeGroup(write, table, group);
    for (const { rows } of group) {
      held.rows -= rows.count;
      held.bytes -= rows.bytes.length;
    }
    const queue = queueOf(table);
    if (queue.waiting.length > 0) schedule(table, queue);
  };

  const schedule = (table: RowTable, queue: Queue): void => {
    if (queue.rows >= maxRows || queue.bytes >= maxBytes) make(table);
    else if (queue.timer === null && !due.includes(table)) {
      const isQuiet = queue.last < maxRows / 10;
      queue.timer = setTimeout(() => make(table), isQuiet ? waitMs / 4 : waitMs);
    }
  };

  return {
    add(rows) {
      const size = rows.bytes.length;
      const queue = queueOf(rows.table);
      if (SENT.has(rows.table)) {
        const since = queue.waiting[0]?.since ?? Number.POSITIVE_INFINITY;
        const isFull = held.bytes > 0 && held.bytes + size > queueBytes;
        const isLate = held.bytes > maxBytes && Date.now() - since > queueMs;
        if (isFull || isLate) return Promise.reject(busy(held.bytes));
      }
      const done = Promise.withResolvers<void>();
      queue.waiting.push({ rows, since: Date.now(), done });
      queue.rows += rows.count;
      queue.bytes += size;
      held.rows += rows.count;
      held.bytes += size;
      schedule(rows.table, queue);
      return done.promise;
    },
    async drain() {
      for (;;) {
        for (const table of queues.keys()) make(table);
        if (writing.size === 0) return;
        await Promise.all(writing);
      }
    },
    queued: () => ({ ...held }),
  };
}

/** What comes from outside, whose senders can be told to come again. Who judges traces waits for its rows instead. */
const SENT: ReadonlySet<RowTable> = new Set(['records', 'scores']);

const MEBIBYTE = 1024 * 1024;

const busy = (bytes: number): CulpritError => {
  const waiting = `${(bytes / MEBIBYTE).toFixed(0)} MB wait to be written`;
  return new CulpritError('store_busy', `the trace store is busy: ${waiting}; try again later`);
};
