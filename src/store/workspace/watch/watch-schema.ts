import type { Alert, IncidentEnd } from '../../../contract/alert.ts';
import type { Json } from '../../../contract/json.ts';
import type { ScheduleSettings } from '../../../contract/schedule.ts';
import type { WatcherSettings } from '../../../contract/watcher.ts';
import { bigint, boolean, jsonb, pgTable, primaryKey, text } from '../packages.ts';
import type { Delivery } from './watch-store.ts';

/** Epoch milliseconds, which a double holds. */
const time = (name: string) => bigint(name, { mode: 'number' });

export const watchers = pgTable(
  'watchers',
  {
    project: text('project').notNull(),
    id: text('id').notNull(),
    settings: jsonb('settings').$type<WatcherSettings>().notNull(),
    /** Its id stays taken: a watcher that comes by default does not come again. */
    removed: boolean('removed').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);

export const watcherStates = pgTable(
  'watcher_states',
  {
    project: text('project').notNull(),
    watcher: text('watcher').notNull(),
    until: time('until').notNull(),
    state: jsonb('state').$type<Json>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.watcher] })],
);

export const incidents = pgTable(
  'incidents',
  {
    project: text('project').notNull(),
    id: text('id').notNull(),
    watcher: text('watcher').notNull(),
    start: time('start').notNull(),
    ended: time('ended'),
    end: text('end_kind').$type<IncidentEnd>(),
    alert: jsonb('alert').$type<Alert>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);

export const deliveries = pgTable('deliveries', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  channel: text('channel').notNull(),
  alert: jsonb('alert').$type<Alert>().notNull(),
  created: time('created').notNull(),
  state: text('state').$type<Delivery['state']>().notNull(),
  attempts: time('attempts').notNull(),
  due: time('due').notNull(),
  error: text('error').notNull(),
});

export const schedules = pgTable(
  'schedules',
  {
    project: text('project').notNull(),
    id: text('id').notNull(),
    settings: jsonb('settings').$type<ScheduleSettings>().notNull(),
    until: time('until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);
