import type { Alert, IncidentEnd } from '../../../contract/alert.ts';
import type { Json } from '../../../contract/json.ts';
import type { Schedule, ScheduleSettings } from '../../../contract/schedule.ts';
import type { Watcher, WatcherSettings } from '../../../contract/watcher.ts';

export interface StoredIncident {
  /** Made of the watcher and the beginning: of an incident that is found twice, there is one. */
  readonly id: string;
  readonly watcher: string;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly ended: number | null;
  readonly end: IncidentEnd | null;
  /** What was told when it opened, then when it ended. */
  readonly alert: Alert;
}

/** A message on its way to one channel. */
export interface Delivery {
  /** Made of the incident, the kind of message and the channel: each is sent once. */
  readonly id: string;
  readonly project: string;
  readonly channel: string;
  readonly alert: Alert;
  readonly created: number;
  /** `dead`: it was tried in vain for long enough, and waits for a person. */
  readonly state: 'waiting' | 'sent' | 'dead';
  readonly attempts: number;
  /** When it is tried next. */
  readonly due: number;
  /** Why the last attempt failed; '' for none. */
  readonly error: string;
}

/** What a run of a watcher found; kept as a whole or not at all. */
export interface WatcherProgress {
  /** Where the state was read that the run began with; null for none. */
  readonly from: number | null;
  readonly until: number;
  readonly state: Json;
  /** Incidents that opened or ended, in order. */
  readonly incidents: readonly StoredIncident[];
  readonly deliveries: readonly Pick<Delivery, 'id' | 'channel' | 'alert'>[];
}

export interface StoredWatcherState {
  /** Epoch milliseconds up to which the watcher has read. */
  readonly until: number;
  readonly state: Json;
}

/** A schedule, and how far its sessions have been begun. */
export interface StoredSchedule extends Schedule {
  /** Sessions that were due until then have begun; epoch milliseconds. */
  readonly until: number;
}

/** Watchers of projects, what they know, and whom they told. */
export interface WatchStore {
  /** In order of their ids. */
  watchers(project: string): Promise<readonly Watcher[]>;
  watcher(project: string, id: string): Promise<Watcher | null>;
  /** Adds or replaces one. What it knows is kept; with `forget` it begins anew. */
  putWatcher(
    project: string,
    id: string,
    settings: WatcherSettings,
    forget: boolean,
  ): Promise<void>;
  /** Adds those whose ids are not taken; ids of removed watchers are. */
  addWatchers(project: string, watchers: readonly Watcher[]): Promise<void>;
  /** With its state and incidents. False where there is none. */
  removeWatcher(project: string, id: string): Promise<boolean>;
  /** By watcher. */
  watcherStates(project: string): Promise<ReadonlyMap<string, StoredWatcherState>>;
  /** False, and nothing is kept, where another run has read on meanwhile, or the watcher is gone. */
  keepProgress(
    project: string,
    watcher: string,
    progress: WatcherProgress,
    now: number,
  ): Promise<boolean>;
  /** Those that opened last first, at most `limit`. */
  incidents(project: string, limit: number): Promise<readonly StoredIncident[]>;
  /** Adds a message by hand. */
  addDelivery(
    project: string,
    delivery: Pick<Delivery, 'id' | 'channel' | 'alert'>,
    now: number,
  ): Promise<void>;
  /** Takes messages that are due, which nobody else gets until `lease`, at most `limit`. */
  takeDue(now: number, lease: number, limit: number): Promise<readonly Delivery[]>;
  /** What came of an attempt. */
  settle(
    id: string,
    outcome: Pick<Delivery, 'state' | 'attempts' | 'due' | 'error'>,
  ): Promise<void>;
  /** The newest first, at most `limit`. */
  deliveries(project: string, limit: number): Promise<readonly Delivery[]>;
  /** In order of their ids. */
  schedules(project: string): Promise<readonly StoredSchedule[]>;
  /** Adds or replaces one. A new one begins at `now`. */
  putSchedule(project: string, id: string, settings: ScheduleSettings, now: number): Promise<void>;
  /** False where there is none. */
  removeSchedule(project: string, id: string): Promise<boolean>;
  /** The sessions that were due until then have begun. */
  moveSchedule(project: string, id: string, until: number): Promise<void>;
  /** A dead message is tried again. False where there is none. */
  retry(project: string, id: string, now: number): Promise<boolean>;
}
