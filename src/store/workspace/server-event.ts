/** Something that happened, for pages that are open. */
export interface ServerEvent {
  /** Rises with every event, without regard to the project. */
  readonly id: number;
  readonly project: string;
  readonly kind: EventKind;
  readonly data: unknown;
  /** Epoch milliseconds. */
  readonly at: number;
}

export const EVENT_KINDS = [
  ...([
    'job',
    'analysis',
    'traces',
    'session',
    'comparison',
    'narrative',
    'change',
    'incident',
  ] as const),
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** The last events of all processes, so that a page which was away hears what it missed. */
export interface EventLog {
  add(event: Omit<ServerEvent, 'id'>): Promise<void>;
  /** Those after an id, in order, at most 1,000. */
  after(id: number): Promise<readonly ServerEvent[]>;
  /** Ids of the first and the last that are kept; 0 where nothing happened yet. */
  range(): Promise<EventRange>;
}

interface EventRange {
  readonly first: number;
  readonly last: number;
}
