import type { JudgeSettings } from '../../../contract/online-judge.ts';
import { bigint, boolean, doublePrecision, jsonb, pgTable, primaryKey, text } from '../packages.ts';
import type { GivenScore } from './judge-store.ts';

/** Whole numbers, epoch milliseconds too, which a double holds. */
const whole = (name: string) => bigint(name, { mode: 'number' });

export const onlineJudges = pgTable(
  'online_judges',
  {
    project: text('project').notNull(),
    judge: text('judge').notNull(),
    settings: jsonb('settings').$type<JudgeSettings>().notNull(),
    version: text('version').notNull().default(''),
    since: whole('since').notNull(),
    /** What it has spent goes on to count. */
    removed: boolean('removed').notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.project, table.judge] })],
);

export const judgeCalls = pgTable('judge_calls', {
  id: whole('id').primaryKey().generatedAlwaysAsIdentity(),
  project: text('project').notNull(),
  judge: text('judge').notNull(),
  trace: text('trace').notNull(),
  at: whole('at').notNull(),
  state: text('state').$type<'asked' | 'answered' | 'failed'>().notNull(),
  tokens: whole('tokens').notNull(),
  dollars: doublePrecision('dollars').notNull(),
  score: jsonb('score').$type<GivenScore>(),
  error: text('error').notNull(),
  written: boolean('written').notNull(),
});
