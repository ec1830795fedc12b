import type { JsonObject } from '../../contract/json.ts';
import { bigint, customType, jsonb, pgTable, primaryKey, text } from './packages.ts';
import type { ProjectSettings, Scope } from './workspace-types.ts';

/** Epoch milliseconds, which a double holds. */
const time = (name: string) => bigint(name, { mode: 'number' });

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** The tables as the last migration leaves them. */
export const projects = pgTable('projects', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  created: time('created').notNull(),
  settings: jsonb('settings').$type<ProjectSettings>().notNull(),
  salt: text('salt').notNull(),
});

export const keys = pgTable('keys', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  name: text('name').notNull(),
  prefix: text('prefix').notNull(),
  hash: text('hash').notNull().unique(),
  scopes: jsonb('scopes').$type<readonly Scope[]>().notNull(),
  created: time('created').notNull(),
  revoked: time('revoked'),
});

export const deploys = pgTable('deploys', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  at: time('at').notNull(),
  release: text('release').notNull(),
  promptVersion: text('prompt_version').notNull(),
  model: text('model').notNull(),
  environment: text('environment').notNull(),
  note: text('note').notNull(),
});

export const analyses = pgTable('analyses', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  at: time('at').notNull(),
  traces: time('traces').notNull(),
  failed: time('failed').notNull(),
  report: bytes('report').notNull(),
  model: bytes('model').notNull(),
  assigned: time('assigned'),
});

export const importStates = pgTable(
  'import_states',
  {
    project: text('project').notNull(),
    source: text('source').notNull(),
    state: jsonb('state').$type<JsonObject>().notNull(),
    at: time('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.source] })],
);
