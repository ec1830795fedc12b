import type { Changed, SubjectKind } from '../../contract/decision.ts';
import type { Json, JsonObject } from '../../contract/json.ts';
import type { JobProgress } from './jobs/job-queue.ts';
import { bigint, customType, jsonb, pgTable, primaryKey, text } from './packages.ts';
import type { Scope } from './scope.ts';
import type { EventKind } from './server-event.ts';
import type { StoredComparison } from './stored-comparison.ts';
import type { StoredSession } from './stored-session.ts';
import type { ProjectSettings } from './workspace-types.ts';

/** Epoch milliseconds, which a double holds. */
const time = (name: string) => bigint(name, { mode: 'number' });

const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

/** Any JSON value. Unlike `jsonb`, it does not parse a text again that looks like JSON. */
const json = customType<{ data: Json; driverData: string }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
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
  from: time('window_from'),
  stored: time('stored').notNull(),
  traces: time('traces').notNull(),
  failed: time('failed').notNull(),
  report: bytes('report').notNull(),
  model: bytes('model').notNull(),
  tenants: bytes('tenants'),
});

export const decisions = pgTable(
  'decisions',
  {
    project: text('project').notNull(),
    kind: text('kind').$type<SubjectKind>().notNull(),
    subject: text('subject').notNull(),
    field: text('field').notNull(),
    value: json('value').notNull(),
    at: time('at').notNull(),
    by: text('actor').notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.kind, table.subject, table.field] })],
);

export const activity = pgTable('activity', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  /** In the order in which actions were taken. */
  place: time('place').generatedAlwaysAsIdentity(),
  at: time('at').notNull(),
  by: text('actor').notNull(),
  action: text('action').notNull(),
  changes: jsonb('changes').$type<readonly Changed[]>().notNull(),
  undoes: text('undoes'),
  undoneBy: text('undone_by'),
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

/** Where running jobs are; the jobs themselves are pg-boss's. */
export const jobProgress = pgTable('job_progress', {
  job: text('job').primaryKey(),
  progress: jsonb('progress').$type<JobProgress>().notNull(),
});

export const events = pgTable('events', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  kind: text('kind').$type<EventKind>().notNull(),
  data: jsonb('data').$type<unknown>().notNull(),
  at: time('at').notNull(),
});

export const audit = pgTable('audit', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  at: time('at').notNull(),
  by: text('by').notNull(),
  name: text('name').notNull(),
  action: text('action').notNull(),
  subject: text('subject').notNull(),
  before: jsonb('before').$type<unknown>(),
  after: jsonb('after').$type<unknown>(),
});

/** Secrets of the server itself, made once. */
export const secrets = pgTable('secrets', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

export const sentRuns = pgTable(
  'sent_runs',
  {
    project: text('project').notNull(),
    id: text('id').notNull(),
    at: time('at').notNull(),
    by: text('by').notNull(),
    summary: bytes('summary').notNull(),
    report: bytes('report').notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);

export const sessions = pgTable('analysis_sessions', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  created: time('created').notNull(),
  by: text('made_by').notNull(),
  parent: text('parent'),
  name: text('name').notNull(),
  filter: jsonb('filter').$type<JsonObject>().notNull(),
  options: jsonb('options').$type<JsonObject>().notNull(),
  agenda: jsonb('agenda').$type<StoredSession['agenda']>().notNull(),
  people: jsonb('people').$type<StoredSession['people']>().notNull(),
  minutes: time('minutes').notNull(),
  notes: text('notes').notNull(),
  state: text('state').$type<StoredSession['state']>().notNull(),
  progress: jsonb('progress').$type<NonNullable<StoredSession['progress']>>(),
  started: time('started'),
  ended: time('ended'),
  traces: time('traces'),
  failed: time('failed'),
  error: jsonb('error').$type<NonNullable<StoredSession['error']>>(),
  report: bytes('report'),
});

export const comparisons = pgTable('comparisons', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  created: time('created').notNull(),
  by: text('made_by').notNull(),
  sides: jsonb('sides').$type<JsonObject>().notNull(),
  state: text('state').$type<StoredComparison['state']>().notNull(),
  progress: jsonb('progress').$type<NonNullable<StoredComparison['progress']>>(),
  started: time('started'),
  ended: time('ended'),
  headline: jsonb('headline').$type<NonNullable<StoredComparison['headline']>>(),
  error: jsonb('error').$type<NonNullable<StoredComparison['error']>>(),
  report: bytes('report'),
});

export const sharedLinks = pgTable('shared_links', {
  id: text('id').primaryKey(),
  project: text('project').notNull(),
  tenant: text('tenant').notNull(),
  session: text('session').notNull(),
  hash: text('hash').notNull().unique(),
  created: time('created').notNull(),
  by: text('by').notNull(),
  expires: time('expires').notNull(),
  revoked: time('revoked'),
  openings: time('openings').notNull(),
  opened: time('opened'),
});

export const proposals = pgTable('proposals', {
  project: text('project').primaryKey(),
  session: text('session').notNull(),
  at: time('at').notNull(),
  items: jsonb('items').$type<readonly Json[]>().notNull(),
});

export const backfills = pgTable('backfills', {
  project: text('project').primaryKey(),
  judgedBy: text('judged_by').notNull(),
  replaces: text('replaces').notNull(),
  traces: time('traces').notNull(),
  older: time('older').notNull(),
  ended: time('ended'),
});
