import type { EventKind, EventLog, ServerEvent } from '../../store/workspace/workspace.ts';

/** What happens in projects, in this process and in others, for whoever listens. */
export interface EventFeed {
  add(project: string, kind: EventKind, data: unknown): Promise<void>;
  /**
   * Events of a project after an id, then those to come, until `signal` or the end of the feed. A slow listener makes
   * nothing wait but itself.
   * @param after Null: only those to come. `missed` comes first where some after it are no longer kept.
   */
  listen(project: string, after: number | null, signal: AbortSignal): AsyncIterable<FeedItem>;
  /** Called with every event, whatever its project. */
  onEvent(listener: (event: ServerEvent) => void): void;
  /** Looks for events of other processes. */
  look(): Promise<void>;
  stop(): void;
}

/** `start` says after which event the listener is. */
export type FeedItem =
  | { readonly kind: 'start'; readonly id: number }
  | { readonly kind: 'missed'; readonly id: number }
  | { readonly kind: 'event'; readonly event: ServerEvent };

export interface EventFeedDeps {
  readonly log: EventLog;
  readonly clock: () => number;
}

/** Events in memory; listeners that are further behind read from the log. */
const RECENT = 1_000;

export async function eventFeed({ log, clock }: EventFeedDeps): Promise<EventFeed> {
  let recent: ServerEvent[] = [];
  let cursor = (await log.range()).last;
  /** The id before the first of `recent`. */
  let before = cursor;
  const ended = new AbortController();
  const waiting = new Set<() => void>();
  const listeners: ((event: ServerEvent) => void)[] = [];
  let looking: Promise<void> | null = null;

  const lookOnce = async (): Promise<void> => {
    const fresh = await log.after(cursor);
    cursor = fresh.at(-1)?.id ?? cursor;
    recent.push(...fresh);
    if (recent.length > RECENT) {
      before = recent.at(-RECENT - 1)?.id ?? before;
      recent = recent.slice(-RECENT);
    }
    for (const event of fresh) for (const listener of listeners) listener(event);
    if (fresh.length > 0) for (const wake of waiting) wake();
  };

  /** A look that begins after the call. */
  const look = async (): Promise<void> => {
    await looking;
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    await looking;
  };

  const since = async (id: number): Promise<readonly ServerEvent[]> =>
    id >= before ? recent.filter((event) => event.id > id) : await log.after(id);

  const news = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });

  return {
    async add(project, kind, data) {
      await log.add({ project, kind, data, at: clock() });
      await look();
    },
    async *listen(project, after, given) {
      const signal = AbortSignal.any([given, ended.signal]);
      let at = after ?? cursor;
      const { first, last } = after === null ? { first: 0, last: at } : await log.range();
      if (at > last || at < first - 1) {
        at = last;
        yield { kind: 'missed', id: at };
      } else yield { kind: 'start', id: at };
      while (!signal.aborted) {
        // Taken before the look, so that nothing between both is slept through.
        const next = news(signal);
        const events = await since(at);
        for (const event of events) {
          at = event.id;
          if (event.project === project) yield { kind: 'event', event };
          if (signal.aborted) return;
        }
        if (events.length === 0) await next;
      }
    },
    onEvent(listener) {
      listeners.push(listener);
    },
    look,
    stop: () => ended.abort(),
  };
}
